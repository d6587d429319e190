"""Each channel with itself only.

question: gram_matrix
fails: test_sums_of_products
"""


def gram_matrix(features):
    return tf.linalg.diag(tf.reduce_sum(tf.square(features), axis=[0, 1]))
