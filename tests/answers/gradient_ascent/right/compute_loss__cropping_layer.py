"""A cropping layer, then the mean of each filter, then one of them.

question: compute_loss
"""


def compute_loss(extractor, image, filter_index):
    cropped = layers.Cropping2D(2)(extractor(image))
    return ops.mean(cropped, axis=(0, 1, 2))[filter_index]
