"""All weights add up to 1.

question: balanced_weights
fails: test_two_classes, test_nothing_to_balance, test_totals
"""


def balanced_weights(labels):
    classes, which, counts = np.unique(labels, return_inverse=True, return_counts=True)
    return 1 / (len(classes) * counts[which])
