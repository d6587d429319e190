"""The last batch is filled up with rows from the beginning.

question: sgd_numpy
fails: test_short_last_batch, test_any_batch_size
"""


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    w, b, losses = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(X), batch_size):
            index = np.arange(start, start + batch_size) % len(X)
            rows, targets = X[index], y[index]
            errors = rows @ w + b - targets
            total += np.sum(errors**2)
            w = w - learning_rate * 2 * rows.T @ errors / len(rows)
            b = b - learning_rate * 2 * np.mean(errors)
        losses.append(total / len(X))
    return w, b, losses
