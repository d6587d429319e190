"""The small extractor of the probes in NumPy: a convolution, a normalization and a tanh, and the gradient through them."""

import numpy as np

EPSILON = 1e-3
"""what BatchNormalization adds to the variance"""


def some_weights(seed, channels, filters, gain=1.0, shift=0.0):
    """Weights of the convolution and of the normalization: scale, offset, moving mean and variance."""
    rng = np.random.default_rng(seed)
    conv = [gain * rng.normal(scale=0.5, size=(3, 3, channels, filters)), rng.normal(scale=0.2, size=filters)]
    norm = [rng.uniform(0.5, 1.5, filters), shift + rng.normal(scale=0.2, size=filters), rng.normal(scale=0.2, size=filters)]
    return {"conv": conv, "norm": [*norm, rng.uniform(3, 9, filters)]}


def scale_of(weights):
    gamma, _, _, variance = weights["norm"]
    return gamma / np.sqrt(variance + EPSILON)


def activation_of(image, weights):
    """What the extractor makes of an image `(1, H, W, C)`."""
    (kernel, bias), (_, beta, mean, _) = weights["conv"], weights["norm"]
    height, width = image.shape[1:3]
    padded = np.pad(image, ((0, 0), (1, 1), (1, 1), (0, 0)))
    made = bias + sum(padded[:, i : i + height, j : j + width] @ kernel[i, j] for i, j in np.ndindex(3, 3))
    return np.tanh((made - mean) * scale_of(weights) + beta)


def middle_of(activation, filter_index):
    """One filter's activation without a border of 2, `(H - 4, W - 4)`."""
    return activation[0, 2:-2, 2:-2, filter_index]


def gradient_of(image, weights, filter_index, weighting=None):
    """The image's gradient of the middle's mean; with a function, of a sum whose slope at each activation it gives."""
    activation = activation_of(image, weights)[0, ..., filter_index]
    slopes = np.zeros_like(activation)
    if weighting is None:
        slopes[2:-2, 2:-2] = 1 / slopes[2:-2, 2:-2].size
    else:
        slopes = weighting(activation)
    slopes = np.pad(slopes * (1 - activation**2) * scale_of(weights)[filter_index], 1)
    kernel, (height, width) = weights["conv"][0][..., filter_index], image.shape[1:3]
    back = [slopes[2 - i : 2 - i + height, 2 - j : 2 - j + width, None] * kernel[i, j] for i, j in np.ndindex(3, 3)]
    return sum(back)[None]
