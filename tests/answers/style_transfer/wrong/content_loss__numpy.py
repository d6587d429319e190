"""Computed in NumPy.

question: content_loss
fails: test_gradient, test_arrays_and_graphs
"""


def content_loss(base, combination):
    return tf.constant(np.sum(np.square(np.array(combination) - np.array(base))))
