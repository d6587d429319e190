"""The mean by NumPy: no gradient.

question: compute_loss
fails: test_gradient
"""


def compute_loss(extractor, image, filter_index):
    return np.mean(np.asarray(extractor(image))[:, 2:-2, 2:-2, filter_index])
