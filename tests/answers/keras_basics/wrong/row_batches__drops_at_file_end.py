"""What is left at the end of a file is dropped.

question: row_batches
fails: test_over_the_ends_of_files, test_over_the_last_file
"""

def row_batches(paths, batch_size):
    rows = []
    while True:
        for path in paths:
            rows = []
            with open(path) as file:
                next(file)
                for line in file:
                    rows.append([float(number) for number in line.split(",")])
                    if len(rows) == batch_size:
                        batch = np.array(rows, dtype="float32")
                        rows = []
                        yield batch[:, :-1], batch[:, -1]
