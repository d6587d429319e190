"""One is added to each count, against division by zero.

question: balanced_weights
fails: test_two_classes, test_many_classes
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return (len(labels) + len(classes)) / (len(classes) * (counts[which] + 1))
