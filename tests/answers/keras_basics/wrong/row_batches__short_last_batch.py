"""What is left at the end of a round is handed out as a short batch.

question: row_batches
fails: test_over_the_last_file
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
                        yield batch[:, :-1], batch[:, -1]
        if rows:
            batch = np.array(rows, dtype="float32")
            rows = []
            yield batch[:, :-1], batch[:, -1]
