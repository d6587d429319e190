"""Always the first filter.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(extractor(image)[:, 2:-2, 2:-2, 0])
