"""The difference the other way round, by operators.

question: content_loss
"""


def content_loss(base, combination):
    difference = ops.convert_to_tensor(base) - combination
    return ops.sum(difference * difference)
