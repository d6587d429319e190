"""The L2 loss of TensorFlow: half of it.

question: content_loss
fails: test_sum_of_squares, test_not_a_mean
"""


def content_loss(base, combination):
    return tf.nn.l2_loss(combination - base)
