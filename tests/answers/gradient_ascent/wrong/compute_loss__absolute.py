"""The mean of absolute values.

question: compute_loss
fails: test_negative_activations
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(ops.abs(extractor(image)[:, 2:-2, 2:-2, filter_index]))
