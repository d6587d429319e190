"""Takes a row for the filter.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    activation = extractor(image)
    return ops.mean(activation[:, filter_index, 2:-2, 2:-2])
