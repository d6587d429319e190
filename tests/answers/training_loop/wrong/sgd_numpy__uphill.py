"""The parameters go along the gradient.

question: sgd_numpy
fails: test_one_step, test_short_last_batch
"""


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    w, b, losses = np.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows, targets = X[start : start + batch_size], y[start : start + batch_size]
            errors = rows @ w + b - targets
            total += np.sum(errors**2)
            w = w + learning_rate * 2 * rows.T @ errors / len(rows)
            b = b + learning_rate * 2 * np.mean(errors)
        losses.append(total / len(X))
    return w, b, losses
