"""Every label compared with every other.

question: balanced_weights
"""


def balanced_weights(labels):
    same = labels[:, None] == labels[None, :]
    inverse = 1 / same.sum(axis=1)
    return inverse * len(labels) / inverse.sum()
