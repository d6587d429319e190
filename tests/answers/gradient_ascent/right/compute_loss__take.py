"""Filter first, with ops.take; slices with a stop that is counted from the start.

question: compute_loss
"""


def compute_loss(extractor, image, filter_index):
    one = ops.take(extractor(image), filter_index, axis=-1)
    height, width = ops.shape(one)[1:3]
    return ops.mean(one[:, 2 : height - 2, 2 : width - 2])
