"""Counts rows and columns of the image where the map is smaller.

question: compute_loss
fails: test_maps_smaller_than_the_image
"""


def compute_loss(extractor, image, filter_index):
    _, height, width, _ = image.shape
    return ops.mean(extractor(image)[:, 2 : height - 2, 2 : width - 2, filter_index])
