"""The losses of style transfer and their gradients in NumPy, by formula; and the same of the doubles that stand in for them in the probes."""

from itertools import product

import numpy as np


def gram(features):
    """Sums over positions of the products of channels, `(C, C)`."""
    return np.einsum("hwc,hwd->cd", features, features)


def gram_gradient(features, direction):
    """The gradient of the sum of direction · Gram matrix for the features."""
    return features @ (direction + direction.T)


def totals(features):
    """The double of the Gram matrix: products of the channels' sums."""
    sums = features.sum(axis=(0, 1))
    return np.outer(sums, sums)


def totals_gradient(features, direction):
    return np.broadcast_to((direction + direction.T) @ features.sum(axis=(0, 1)), features.shape)


MATRICES = [(gram, gram_gradient), (totals, totals_gradient)]


def style(style, combination, matrix=gram, matrix_gradient=gram_gradient):
    """The style loss, and its gradient for the combination's features."""
    height, width, channels = style.shape
    divisor = 4.0 * channels**2 * (height * width) ** 2
    difference = matrix(combination) - matrix(style)
    return (difference**2).sum() / divisor, matrix_gradient(combination, 2 * difference / divisor)


def content(base, combination):
    """The content loss, and its gradient for the combination's features."""
    difference = combination - base
    return (difference**2).sum(), 2 * difference


def roughness(images):
    """The total variation of a batch, and its gradient."""
    corner = images[:, :-1, :-1]
    below, right = images[:, 1:, :-1] - corner, images[:, :-1, 1:] - corner
    squares = below**2 + right**2
    slope, gradient = 2.5 * squares**0.25, np.zeros_like(images)
    gradient[:, 1:, :-1] += slope * below
    gradient[:, :-1, 1:] += slope * right
    gradient[:, :-1, :-1] -= slope * (below + right)
    return (squares**1.25).sum(), gradient


def fourth_powers(base, combination):
    """The double of the content loss."""
    difference = combination - base
    return (difference**4).sum(), 4 * difference**3


def mean_colours(style, combination):
    """The double of the style loss."""
    height, width, _ = style.shape
    difference = combination.mean(axis=(0, 1)) - style.mean(axis=(0, 1))
    return (difference**2).sum(), np.broadcast_to(2 * difference / (height * width), style.shape)


def brightness(images):
    """The double of the total variation."""
    counted = images.copy()
    counted[:, :1] = 0
    return (counted**2).sum() / 2, counted


# An answer may call the losses, which then are doubles, or write some of them out.
CONTENTS = [fourth_powers, content]
STYLES = [mean_colours, style, lambda a, b: style(a, b, totals, totals_gradient)]
ROUGHNESSES = [brightness, roughness]


def some_network(seed, sizes):
    """Steps, kernel and bias of each layer of a linear extractor; `sizes`: name, (step down, step right), channels."""
    rng = np.random.default_rng(seed)
    return {
        name: {"steps": list(steps), "kernel": rng.normal(size=(3, channels)), "bias": rng.normal(scale=0.3, size=channels)}
        for name, steps, channels in sizes
    }


def features(layer, image):
    """What a layer of the linear extractor makes of an image `(1, H, W, 3)`, without the batch axis."""
    down, right = layer["steps"]
    return image[0, ::down, ::right] @ layer["kernel"] + layer["bias"]


def to_image(layer, gradient, image):
    """An image's gradient from that for a layer's features."""
    (down, right), found = layer["steps"], np.zeros_like(image)
    found[0, ::down, ::right] = gradient @ layer["kernel"].T
    return found


def losses_and_gradients(network, images, setting):
    """Losses, and in the same order gradients for the combination image, of answers that write out some of the losses or none."""
    combination, base, style_image = images
    losses, gradients = [], []
    for content_of, style_of, roughness_of in product(CONTENTS, STYLES, ROUGHNESSES):
        layer = network[setting["content_layer"]]
        loss, slope = content_of(features(layer, base), features(layer, combination))
        terms = [(setting["content_weight"], loss, to_image(layer, slope, combination))]
        for name in setting["style_layers"]:
            layer = network[name]
            loss, slope = style_of(features(layer, style_image), features(layer, combination))
            share = setting["style_weight"] / len(setting["style_layers"])
            terms.append((share, loss, to_image(layer, slope, combination)))
        terms.append((setting["tv_weight"], *roughness_of(combination)))
        losses.append(sum(weight * loss for weight, loss, _ in terms))
        gradients.append(sum(weight * slope for weight, _, slope in terms))
    return losses, gradients
