"""A dict, as Keras' class_weight wants it.

question: balanced_weights
fails: test_two_classes, test_many_classes
"""


def balanced_weights(labels):
    classes, counts = np.unique(labels, return_counts=True)
    return {int(c): len(labels) / (len(classes) * n) for c, n in zip(classes, counts)}
