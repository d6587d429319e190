"""One over the class's count: balanced, but the mean is not 1.

question: balanced_weights
fails: test_two_classes, test_many_classes, test_totals
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return 1 / counts[which]
