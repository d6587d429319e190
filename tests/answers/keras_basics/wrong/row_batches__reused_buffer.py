"""One array filled again for every batch.

question: row_batches
fails: test_inside_one_file
"""

def row_batches(paths, batch_size):
    X, y = np.empty((batch_size, 10), "float32"), np.empty(batch_size, "float32")
    filled = 0
    while True:
        for path in paths:
            with open(path) as file:
                next(file)
                for line in file:
                    *X[filled], y[filled] = [float(number) for number in line.split(",")]
                    filled += 1
                    if filled == batch_size:
                        filled = 0
                        yield X, y
