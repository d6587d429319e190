"""The mean, times the number of elements.

question: content_loss
"""


def content_loss(base, combination):
    return ops.mean((combination - base) ** 2) * float(np.prod(base.shape))
