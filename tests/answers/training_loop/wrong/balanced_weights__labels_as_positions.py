"""The labels are used as positions in the list of classes that occur.

question: balanced_weights
fails: test_numbers_that_do_not_occur
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return len(labels) / (len(classes) * counts[labels])
