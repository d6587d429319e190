"""A loop over images.

question: total_variation
"""


def total_variation_loss(images):
    images = ops.convert_to_tensor(images)
    total = 0.0
    for image in ops.unstack(images, axis=0):
        corner = image[:-1, :-1]
        squares = (image[1:, :-1] - corner) ** 2 + (image[:-1, 1:] - corner) ** 2
        total = total + ops.sum(squares**1.25)
    return total
