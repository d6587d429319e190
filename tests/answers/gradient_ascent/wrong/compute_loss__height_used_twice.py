"""A square cut out by the height.

question: compute_loss
fails: test_mean_of_a_filter
"""


def compute_loss(extractor, image, filter_index):
    activation = extractor(image)
    end = activation.shape[1] - 2
    return ops.mean(activation[:, 2:end, 2:end, filter_index])
