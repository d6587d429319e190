"""The bias as one more weight, for a column of ones.

question: sgd_numpy
"""

import numpy as np


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    A = np.hstack([X, np.ones((X.shape[0], 1))])
    theta = np.zeros(A.shape[1])
    history = np.empty(epochs)
    for epoch in range(epochs):
        squares = np.empty(len(y))
        for i in range(0, len(y), batch_size):
            part = slice(i, i + batch_size)
            residual = A[part].dot(theta) - y[part]
            squares[part] = residual**2
            theta -= learning_rate * 2.0 * np.mean(residual[:, None] * A[part], axis=0)
        history[epoch] = squares.mean()
    return theta[:-1], theta[-1], history
