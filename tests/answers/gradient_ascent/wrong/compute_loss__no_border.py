"""Nothing is left out.

question: compute_loss
fails: test_mean_of_a_filter, test_border_does_not_count
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(extractor(image)[..., filter_index])
