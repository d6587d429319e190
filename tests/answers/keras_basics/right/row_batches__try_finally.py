"""Files opened and closed by hand.

question: row_batches
"""

def row_batches(paths, batch_size):
    X, y = [], []
    position = 0
    while True:
        file = open(paths[position % len(paths)])
        try:
            file.readline()
            for line in file:
                *features, target = map(np.float32, line.strip().split(","))
                X.append(features)
                y.append(target)
                if len(y) == batch_size:
                    yield np.stack(X).astype(np.float32), np.array(y, np.float32)
                    X, y = [], []
        finally:
            file.close()
        position += 1
