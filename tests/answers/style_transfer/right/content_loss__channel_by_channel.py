"""A loop over channels.

question: content_loss
"""


def content_loss(base, combination):
    total = 0.0
    for channel in range(base.shape[-1]):
        total += ops.sum(ops.power(base[..., channel] - combination[..., channel], 2))
    return total
