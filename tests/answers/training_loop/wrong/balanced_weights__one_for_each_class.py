"""A weight for each class instead of each example.

question: balanced_weights
fails: test_two_classes, test_many_classes, test_totals
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(classes) * counts)
