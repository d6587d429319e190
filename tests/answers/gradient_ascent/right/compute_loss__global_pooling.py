"""Global average pooling of the middle.

question: compute_loss
"""


def compute_loss(extractor, image, filter_index):
    inner = extractor(image)[:, 2:-2, 2:-2, :]
    pooled = layers.GlobalAveragePooling2D()(inner)
    return ops.squeeze(pooled[:, filter_index])
