"""The header skipped in the first file only.

question: row_batches
fails: test_over_the_ends_of_files
"""

def row_batches(paths, batch_size):
    rows = []
    while True:
        for path in paths:
            with open(path) as file:
                if path == paths[0]:
                    next(file)
                for line in file:
                    rows.append([float(number) for number in line.split(",")])
                    if len(rows) == batch_size:
                        batch = np.array(rows, dtype="float32")
                        rows = []
                        yield batch[:, :-1], batch[:, -1]
