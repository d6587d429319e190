"""The sum.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    return ops.sum(extractor(image)[:, 2:-2, 2:-2, filter_index])
