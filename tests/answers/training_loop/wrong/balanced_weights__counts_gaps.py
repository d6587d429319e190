"""The number of classes is the largest label plus one.

question: balanced_weights
fails: test_numbers_that_do_not_occur
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / ((labels.max() + 1) * counts[which])
