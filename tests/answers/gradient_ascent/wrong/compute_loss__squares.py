"""The mean of squares.

question: compute_loss
fails: test_mean_of_a_filter, test_negative_activations
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(ops.square(extractor(image)[:, 2:-2, 2:-2, filter_index]))
