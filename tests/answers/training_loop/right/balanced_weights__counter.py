"""A dict of counts, and a list.

question: balanced_weights
"""

from collections import Counter


def balanced_weights(labels):
    counts = Counter(labels.tolist())
    share = len(labels) / len(counts)
    return np.array([share / counts[label] for label in labels.tolist()])
