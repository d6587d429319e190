"""The mean itself, so that the generator wants low scores.

question: generator_loss
fails: test_formula, test_better_is_lower, test_gradient
"""


def generator_loss(fake_scores):
    return ops.mean(fake_scores)
