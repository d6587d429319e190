"""One mean for each image: an axis is left.

question: compute_loss
fails: test_scalar
"""


def compute_loss(extractor, image, filter_index):
    return ops.mean(extractor(image)[:, 2:-2, 2:-2, filter_index], axis=(1, 2))
