"""The maximum.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    return ops.max(extractor(image)[:, 2:-2, 2:-2, filter_index])
