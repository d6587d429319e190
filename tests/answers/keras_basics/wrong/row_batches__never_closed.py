"""Files are never closed.

question: row_batches
fails: test_files_are_closed
"""

OPEN = []


def row_batches(paths, batch_size):
    rows = []
    while True:
        for path in paths:
            file = open(path)
            OPEN.append(file)
            if True:
                next(file)
                for line in file:
                    rows.append([float(number) for number in line.split(",")])
                    if len(rows) == batch_size:
                        batch = np.array(rows, dtype="float32")
                        rows = []
                        yield batch[:, :-1], batch[:, -1]
