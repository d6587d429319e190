"""Batches as lists of indices; the loss weighted by the batches' lengths.

question: sgd_numpy
"""


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    n = y.shape[0]
    w, b = np.zeros(X.shape[1]), 0.0
    losses = []
    batches = [np.arange(s, min(s + batch_size, n)) for s in range(0, n, batch_size)]
    for _ in range(epochs):
        means, lengths = [], []
        for index in batches:
            prediction = np.einsum("np,p->n", X[index], w) + b
            error = y[index] - prediction
            means.append(np.mean(error * error))
            lengths.append(len(index))
            grad_w = -2 * np.einsum("n,np->p", error, X[index]) / len(index)
            grad_b = -2 * error.sum() / len(index)
            w, b = w - learning_rate * grad_w, b - learning_rate * grad_b
        losses.append(np.average(means, weights=lengths))
    return w, b, np.array(losses)
