"""All files opened at once.

question: row_batches
fails: test_files_are_closed
"""

def row_batches(paths, batch_size):
    rows = []
    while True:
        files = [open(path) for path in paths]
        for file in files:
            with file:
                next(file)
                for line in file:
                    rows.append([float(number) for number in line.split(",")])
                    if len(rows) == batch_size:
                        batch = np.array(rows, dtype="float32")
                        rows = []
                        yield batch[:, :-1], batch[:, -1]
