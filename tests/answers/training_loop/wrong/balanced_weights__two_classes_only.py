"""Rare against common, as if there were two classes.

question: balanced_weights
fails: test_many_classes, test_totals
"""


def balanced_weights(labels):
    rare = labels == np.bincount(labels).argmin()
    return np.where(rare, len(labels) / (2 * rare.sum()), len(labels) / (2 * max((~rare).sum(), 1)))
