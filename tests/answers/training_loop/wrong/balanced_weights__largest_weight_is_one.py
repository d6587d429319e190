"""Relative to the smallest class.

question: balanced_weights
fails: test_two_classes, test_many_classes
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return counts.min() / counts[which]
