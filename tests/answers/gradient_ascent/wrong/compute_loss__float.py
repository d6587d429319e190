"""A Python float: no gradient.

question: compute_loss
fails: test_gradient
"""


def compute_loss(extractor, image, filter_index):
    return float(ops.mean(extractor(image)[:, 2:-2, 2:-2, filter_index]))
