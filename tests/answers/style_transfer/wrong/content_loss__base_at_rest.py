"""Stops the gradient of the base.

question: content_loss
fails: test_gradient
"""


def content_loss(base, combination):
    return ops.sum(ops.square(combination - ops.stop_gradient(base)))
