"""Every sum spelled out, without vector arithmetic.

question: sgd_numpy
"""


def sgd_numpy(X, y, epochs, batch_size, learning_rate):
    rows, columns = X.shape
    weights, bias, losses = [0.0] * columns, 0.0, []
    for _ in range(epochs):
        epoch_sum, start = 0.0, 0
        while start < rows:
            end = min(start + batch_size, rows)
            to_weights, to_bias = [0.0] * columns, 0.0
            for i in range(start, end):
                error = bias + sum(X[i, p] * weights[p] for p in range(columns)) - y[i]
                epoch_sum += error**2
                for p in range(columns):
                    to_weights[p] += 2 * error * X[i, p] / (end - start)
                to_bias += 2 * error / (end - start)
            weights = [w - learning_rate * g for w, g in zip(weights, to_weights)]
            bias -= learning_rate * to_bias
            start = end
        losses.append(epoch_sum / rows)
    return np.array(weights), bias, losses
