"""A generator of batches and a function for the gradients.

question: sgd_numpy
"""


def batches_of(X, y, size):
    while len(y):
        yield X[:size], y[:size]
        X, y = X[size:], y[size:]


def gradients_of(X, error):
    return X.T @ error * 2 / len(error), error.mean() * 2


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    w = np.zeros_like(X[0], dtype=float)
    b = np.float64(0)
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        for rows, targets in batches_of(X, y, batch_size):
            error = rows @ w + b - targets
            losses[epoch] += error @ error / len(y)
            grad_w, grad_b = gradients_of(rows, error)
            w -= learning_rate * grad_w
            b -= learning_rate * grad_b
    return w, b, losses
