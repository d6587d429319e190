"""TensorFlow.

question: content_loss
"""


def content_loss(base, combination):
    return tf.reduce_sum(tf.square(combination - base))
