"""Axes of length one squeezed away.

question: row_batches
fails: test_batch_of_one
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
                        yield np.squeeze(batch[:, :-1]), np.squeeze(batch[:, -1])
