"""With the sizes of the images written out.

question: total_variation
"""


def total_variation_loss(images):
    _, height, width, _ = images.shape
    here = images[:, : height - 1, : width - 1]
    down = images[:, 1:height, : width - 1]
    across = images[:, : height - 1, 1:width]
    return ops.sum(ops.power(ops.square(here - down) + ops.square(here - across), 1.25))
