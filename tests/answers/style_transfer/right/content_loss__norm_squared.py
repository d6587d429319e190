"""The square of a norm.

question: content_loss
"""


def content_loss(base, combination):
    return ops.square(tf.norm(combination - base))
