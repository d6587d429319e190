"""Computed in NumPy.

question: total_variation
fails: test_gradient, test_arrays_and_graphs
"""


def total_variation_loss(images):
    array = np.array(images)
    corner = array[:, :-1, :-1]
    return tf.constant(np.sum(((array[:, 1:, :-1] - corner) ** 2 + (array[:, :-1, 1:] - corner) ** 2) ** 1.25))
