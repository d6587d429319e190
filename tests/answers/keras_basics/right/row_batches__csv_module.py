"""The csv module and itertools.

question: row_batches
"""

import csv


def lines_of(paths):
    for path in itertools.cycle(paths):
        with open(path, newline="") as file:
            reader = csv.reader(file)
            next(reader)
            yield from ([float(cell) for cell in row] for row in reader)


def row_batches(paths, batch_size):
    lines = lines_of(paths)
    while True:
        batch = np.array(list(itertools.islice(lines, batch_size)), np.float32)
        yield batch[:, :10], batch[:, 10]
