"""A lambda, with the mean as a helper.

question: discriminator_loss
"""


def mean(scores):
    return ops.mean(ops.reshape(scores, (-1,)))


discriminator_loss = lambda real_scores, fake_scores: mean(fake_scores) - mean(real_scores)
