"""One over the class's count, then divided by the mean.

question: balanced_weights
"""


def balanced_weights(labels):
    labels = np.asarray(labels)
    weights = np.zeros(labels.shape, dtype="float32")
    for c in np.unique(labels):
        weights[labels == c] = 1 / np.sum(labels == c)
    return weights / weights.mean()
