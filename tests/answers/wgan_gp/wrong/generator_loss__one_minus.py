"""One minus the mean, as if scores were probabilities.

question: generator_loss
fails: test_formula, test_better_is_lower
"""


def generator_loss(fake_scores):
    return 1 - ops.mean(fake_scores)
