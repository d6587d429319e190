"""The row that completes a batch is handed out and the next one lost.

question: row_batches
fails: test_inside_one_file
"""

def row_batches(paths, batch_size):
    rows = []
    while True:
        for path in paths:
            with open(path) as file:
                next(file)
                for line in file:
                    rows.append([float(number) for number in line.split(",")])
                    if len(rows) == batch_size:
                        batch = np.array(rows, dtype="float32")
                        rows = []
                        next(file, None)
                        yield batch[:, :-1], batch[:, -1]
