"""The square root of the right weights.

question: balanced_weights
fails: test_two_classes, test_many_classes
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return np.sqrt(len(labels) / (len(classes) * counts[which]))
