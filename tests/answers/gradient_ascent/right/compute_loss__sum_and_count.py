"""A sum divided by the number of places.

question: compute_loss
"""


def compute_loss(extractor, image, filter_index):
    middle = extractor(image)[0, 2:-2, 2:-2]
    rows, columns = middle.shape[:2]
    return ops.sum(middle[..., filter_index]) / (rows * columns)
