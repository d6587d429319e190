"""What is left over is kept in a global list.

question: row_batches
fails: test_generators_are_independent
"""

LEFT = []


def row_batches(paths, batch_size):
    while True:
        for path in paths:
            with open(path) as file:
                next(file)
                for line in file:
                    LEFT.append([float(number) for number in line.split(",")])
                    if len(LEFT) >= batch_size:
                        batch = np.array(LEFT[:batch_size], dtype="float32")
                        yield batch[:, :-1], batch[:, -1]
                        del LEFT[:batch_size]
