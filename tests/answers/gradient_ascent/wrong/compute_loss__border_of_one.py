"""A border of 1.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(extractor(image)[:, 1:-1, 1:-1, filter_index])
