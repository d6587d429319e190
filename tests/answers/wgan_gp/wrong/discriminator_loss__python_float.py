"""A Python number.

question: discriminator_loss
fails: test_gradients, test_in_a_graph
"""


def discriminator_loss(real_scores, fake_scores):
    return float(ops.mean(fake_scores) - ops.mean(real_scores))
