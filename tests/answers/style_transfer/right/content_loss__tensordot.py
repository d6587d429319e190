"""The product of the difference with itself over all axes.

question: content_loss
"""


def content_loss(base, combination):
    difference = ops.subtract(combination, base)
    return ops.tensordot(difference, difference, axes=3)
