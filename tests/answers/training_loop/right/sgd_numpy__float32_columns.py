"""Everything in single precision, with columns inside and vectors outside.

question: sgd_numpy
"""


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    X, y = X.astype(np.float32), y.astype(np.float32).reshape(-1, 1)
    w, b, losses = np.zeros((X.shape[1], 1), np.float32), np.float32(0), []
    steps = int(np.ceil(len(X) / batch_size))
    for _ in range(epochs):
        sse = np.float32(0)
        for step in range(steps):
            xb, yb = X[step * batch_size : (step + 1) * batch_size], y[step * batch_size : (step + 1) * batch_size]
            e = xb @ w + b - yb
            sse += np.sum(e * e)
            dw, db = 2 * xb.T @ e / xb.shape[0], 2 * np.mean(e)
            w = w - np.float32(learning_rate) * dw
            b = b - np.float32(learning_rate) * db
        losses.append(float(sse / len(X)))
    return w[:, 0], float(b), losses
