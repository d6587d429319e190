"""Every position of a row is multiplied with every other of that row.

question: gram_matrix
fails: test_sums_of_products, test_order_of_positions
"""


def gram_matrix(features):
    return tf.einsum("hwc,hvd->cd", features, features)
