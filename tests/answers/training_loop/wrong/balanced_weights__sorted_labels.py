"""The weights are those of the sorted labels.

question: balanced_weights
fails: test_two_classes, test_many_classes, test_totals
"""


def balanced_weights(labels):
    classes, counts = np.unique(labels, return_counts=True)
    return np.repeat(len(labels) / (len(classes) * counts), counts)
