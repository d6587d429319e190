"""A mask of ones in the middle, and a one-hot filter.

question: compute_loss
"""


def compute_loss(extractor, image, filter_index):
    activation = extractor(image)
    _, rows, columns, filters = activation.shape
    mask = np.zeros((rows, columns), "float32")
    mask[2:-2, 2:-2] = 1 / ((rows - 4) * (columns - 4))
    return ops.einsum("bijf,ij,f->", activation, mask, ops.one_hot(filter_index, filters))
