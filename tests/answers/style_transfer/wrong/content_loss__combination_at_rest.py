"""Stops the gradient of the combination.

question: content_loss
fails: test_gradient
"""


def content_loss(base, combination):
    return ops.sum(ops.square(ops.stop_gradient(combination) - base))
