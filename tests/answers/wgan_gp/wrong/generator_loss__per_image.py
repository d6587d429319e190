"""One number for each image, no mean.

question: generator_loss
fails: test_formula, test_single_number
"""


def generator_loss(fake_scores):
    return -fake_scores
