"""Computed in NumPy: no gradient, and not in a graph.

question: gram_matrix
fails: test_gradient, test_arrays_and_graphs
"""


def gram_matrix(features):
    rows = np.reshape(features, (-1, features.shape[-1]))
    return tf.constant(rows.T @ rows)
