"""Runs predict: no gradient.

question: compute_loss
fails: test_gradient
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(extractor.predict(image, verbose=0)[:, 2:-2, 2:-2, filter_index])
