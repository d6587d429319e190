"""The square of a norm, which has no gradient at zero.

question: content_loss
fails: test_gradient
"""


def content_loss(base, combination):
    return ops.square(tf.norm(combination - base))
