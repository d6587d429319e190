"""The weights grow with the class's count.

question: balanced_weights
fails: test_two_classes, test_many_classes
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return counts[which] * len(labels) / np.sum(counts[which])
