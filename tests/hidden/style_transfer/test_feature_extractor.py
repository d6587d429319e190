"""The network's two branches are computed here in NumPy: an extractor is judged by its numbers, however it is made."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, check, get, question, visible

pytestmark = question("feature_extractor")

CHANNELS = 3
SHAPES = {"conv_1": (3, 3, CHANNELS, 4), "conv_10": (1, 1, 4, 5), "conv_2": (3, 3, 4, 5), "scores": (1, 1, 5, 6)}
EPSILON = 1e-3  # what BatchNormalization adds to the variance
CHOICES = [["conv_2", "conv_1"], ["scores", "conv_10", "norm", "join"], ["conv_1", "conv_10", "pool"]]


def some_weights(seed):
    """Kernel and bias of each convolution; scale, offset, moving mean and variance of the normalization."""
    rng = np.random.default_rng(seed)
    weights = {name: [rng.normal(scale=0.4, size=shape), rng.normal(scale=0.4, size=shape[-1])] for name, shape in SHAPES.items()}
    return weights | {"norm": [rng.uniform(0.5, 2, 5), rng.normal(size=5), rng.normal(size=5), rng.uniform(0.5, 2, 5)]}


def conv(images, kernel, bias):
    """A convolution with padding "same" and an odd kernel."""
    pad, (height, width) = len(kernel) // 2, images.shape[1:3]
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    return bias + sum(padded[:, i : i + height, j : j + width] @ kernel[i, j] for i, j in np.ndindex(kernel.shape[:2]))


def activations(images, weights):
    """What each layer of the forked network makes of the images."""
    found = {"conv_1": np.maximum(conv(images, *weights["conv_1"]), 0)}
    found["conv_10"] = np.tanh(conv(found["conv_1"], *weights["conv_10"]))
    found["conv_2"] = conv(found["conv_1"], *weights["conv_2"])
    gamma, beta, mean, variance = weights["norm"]
    found["norm"] = gamma * (found["conv_2"] - mean) / np.sqrt(variance + EPSILON) + beta
    found["join"] = found["conv_10"] + found["norm"]
    height, width = (size // 2 for size in images.shape[1:3])
    cut = found["join"][:, : 2 * height, : 2 * width]
    found["pool"] = cut.reshape(len(images), height, 2, width, 2, 5).mean(axis=(2, 4))
    found["scores"] = np.maximum(conv(found["pool"], *weights["scores"]), 0)
    return found


def some_images(rng, height=5, width=7):
    return rng.normal(size=(2, height, width, CHANNELS))


def assert_activations(got, names, images, weights, hint):
    """A dict with these names and no others, and the right activation under each."""
    told = "A dict, also for one name, whose keys are the names asked for and no others."
    check(isinstance(got, dict), hint=told, what="activations in a dict")
    assert_equal(sorted(got), sorted(names), hint=told, what="names in the dict")
    expected = activations(images, weights)
    for name in names:
        assert_close(got[name], expected[name], rtol=1e-3, atol=1e-4, hint=hint, what=f"activation of {name} for images {images.shape}")


def matches(student, rng, choices):
    weights, images = some_weights(1), some_images(rng)
    for names, (got,) in zip(choices, student.extract(weights, choices, [images])):
        hint = "Under each name the output of the layer that is called so, after its activation function."
        assert_activations(got, names, images, weights, hint)


@visible
def test_two_layers(student, rng):
    """The activations of two layers, each under its own name."""
    matches(student, rng, CHOICES[:1])


def test_any_layers(student, rng):
    """Whichever layers are asked for, in whatever order, in a network whose layers form no chain."""
    matches(student, rng, CHOICES[1:])


def test_one_layer(student, rng):
    """One name gives a dict of one activation, for the first layer as for the last."""
    matches(student, rng, [["conv_1"], ["scores"], ["conv_10"]])


def test_shares_weights(student, rng):
    """Model and extractor have the same weights, which keep their values until someone sets them."""
    first, later, images = some_weights(1), some_weights(2), some_images(rng)
    got = student.set_anew(first, later, ["join", "conv_2"], images, factor=1.2)
    for values in first.values():
        for value in values:
            found = any(np.shape(kept) == value.shape and np.allclose(kept, value, atol=1e-5) for kept in got["kept"])
            check(found, hint="The model keeps the weights that it has.", what="each weight as it was")
    hint = "The layers themselves are shared: nothing is cloned, copied, or computed once and for all."
    assert_activations(get(got, "before"), ["join", "conv_2"], images, first, hint)
    assert_activations(get(got, "after"), ["join", "conv_2"], images, later, hint)
    untouched = activations(images, later)["scores"]
    changed = np.abs(as_array(got["scores"], what="scores") - untouched).max()
    hint = "A change of the extractor's weights must show in the model: they are the same variables."
    assert_between(changed, 1e-2, np.inf, hint=hint, what="how far the model's scores moved with the extractor's weights")


def test_any_size(student, rng):
    """A network for images of any size gives an extractor for images and batches of any size."""
    weights = some_weights(3)
    batches = [some_images(rng), some_images(rng, 9, 6), some_images(rng, 4, 4)[:1]]
    (found,) = student.extract(weights, [["pool", "conv_2"]], batches)
    for images, got in zip(batches, found):
        assert_activations(got, ["pool", "conv_2"], images, weights, "Start from the model's own input, which leaves height and width open.")


def test_frozen(student, rng):
    """The extractor is a Keras model without trainable weights, and gradients run through it to the images."""
    choices = [*CHOICES, ["scores"]]
    for names, got in zip(choices, student.frozen(some_weights(4), choices, some_images(rng))):
        check(got["is_a_model"] is True, hint="Make a keras.Model, not a layer, a list or a function.", what="is a keras.Model")
        hint = "Freeze every layer on the way from the input, not only those whose activations are asked for."
        assert_equal(got["trainable"], 0, hint=hint, what=f"trainable weights of the extractor for {names}")
        largest = np.abs(as_array(got["gradient"], what="gradient")).max()
        hint = "Weights stand still, images move: the way from the images to the activations stays differentiable."
        assert_between(largest, 1e-6, np.inf, hint=hint, what="largest gradient for the images")
