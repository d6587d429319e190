"""A Python number.

question: generator_loss
fails: test_gradient, test_in_a_graph
"""


def generator_loss(fake_scores):
    return -float(ops.mean(fake_scores))
