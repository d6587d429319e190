"""Zero minus the mean, over a flat list of scores.

question: generator_loss
"""


def generator_loss(fake_scores):
    flat = ops.reshape(fake_scores, (-1,))
    return 0.0 - ops.sum(flat) / ops.cast(ops.shape(flat)[0], flat.dtype)
