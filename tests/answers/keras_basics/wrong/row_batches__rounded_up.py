"""Takes a file at a time and repeats its rows until the batch is full.

question: row_batches
fails: test_over_the_ends_of_files
"""

def row_batches(paths, batch_size):
    while True:
        for path in paths:
            table = np.loadtxt(path, delimiter=",", skiprows=1, dtype="float32", ndmin=2)
            for start in range(0, len(table), batch_size):
                rows = table[(start + np.arange(batch_size)) % len(table)]
                yield rows[:, :10], rows[:, 10]
