"""Counts by bincount, classes as those with a count.

question: balanced_weights
"""


def balanced_weights(labels):
    counts = np.bincount(labels)
    classes = np.count_nonzero(counts)
    return len(labels) / (classes * counts[labels])
