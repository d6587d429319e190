"""A border of 3, or nothing for small activations.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(extractor(image)[:, 3:-3, 3:-3, filter_index])
