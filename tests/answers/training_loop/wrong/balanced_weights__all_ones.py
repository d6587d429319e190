"""No balance at all.

question: balanced_weights
fails: test_two_classes, test_many_classes
"""


def balanced_weights(labels):
    return np.ones(len(labels))
