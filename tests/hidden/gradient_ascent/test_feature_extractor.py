"""The network's two branches are computed here in NumPy: an extractor is judged by its numbers, however it is made."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, check, get, question, visible

pytestmark = question("feature_extractor")

CHANNELS = 3
SHAPES = {"conv_1": (3, 3, CHANNELS, 4), "conv_10": (1, 1, 4, 5), "conv_2": (3, 3, 4, 5), "scores": (5, 6)}


def some_weights(seed):
    rng = np.random.default_rng(seed)
    return {name: [rng.normal(scale=0.4, size=shape), rng.normal(scale=0.4, size=shape[-1])] for name, shape in SHAPES.items()}


def conv(images, kernel, bias):
    """A convolution with padding "same" and an odd kernel."""
    pad, (height, width) = len(kernel) // 2, images.shape[1:3]
    padded = np.pad(images, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    shifts = np.ndindex(kernel.shape[:2])
    return bias + sum(padded[:, i : i + height, j : j + width] @ kernel[i, j] for i, j in shifts)


def activations(images, weights):
    """What each layer of the forked network makes of the images."""
    found = {"conv_1": np.maximum(conv(images, *weights["conv_1"]), 0)}
    found["conv_10"] = np.tanh(conv(found["conv_1"], *weights["conv_10"]))
    found["conv_2"] = conv(found["conv_1"], *weights["conv_2"])
    found["join"] = found["conv_10"] + found["conv_2"]
    kernel, bias = weights["scores"]
    found["scores"] = found["join"].mean(axis=(1, 2)) @ kernel + bias
    return found


def matches(student, rng, names):
    weights, images = some_weights(1), rng.normal(size=(2, 5, 7, CHANNELS))
    expected = activations(images, weights)
    for name, (got,) in zip(names, student.extract(weights, names, [images])):
        hint = "The model ends at the layer whose name was asked for, after that layer's activation, not before it and not at another layer."
        assert_close(got, expected[name], rtol=1e-3, hint=hint, what=f"activation of {name}")


@visible
def test_first_layer(student, rng):
    """The first layer's activation, after its ReLU."""
    matches(student, rng, ["conv_1"])


def test_any_layer(student, rng):
    """Whichever layer is asked for, in a network whose layers form no chain."""
    matches(student, rng, ["conv_10", "conv_2", "join", "scores"])


def test_shares_weights(student, rng):
    """Model and extractor have the same weights, not copies of them."""
    first, later, images = some_weights(1), some_weights(2), rng.normal(size=(2, 5, 7, CHANNELS))
    got = student.change_weights(first, later, "conv_2", images, factor=1.5)
    hint = "Trained further, the model must take the extractor along: is anything copied or cloned, or computed once and for all?"
    assert_close(got["before"], activations(images, first)["conv_2"], rtol=1e-3, hint=hint, what="activation at first")
    assert_close(got["after"], activations(images, later)["conv_2"], rtol=1e-3, hint=hint, what="activation after the model's weights changed")
    unchanged = activations(images, later)["scores"]
    hint = "A change of the extractor's weights must show in the model: they are the same variables."
    assert_differs(got["scores"], unchanged, at_least=1e-3, hint=hint, what="the model's scores before and after the extractor's weights changed")


def test_any_size(student, rng):
    """A network for images of any size gives an extractor for images of any size."""
    weights = some_weights(3)
    batches = [rng.normal(size=(1, *size, CHANNELS)) for size in [(5, 7), (9, 6)]]
    (got,) = student.extract(weights, ["conv_2"], batches)
    hint = "Start from the model's own input, which leaves height and width open."
    for images, one in zip(batches, got):
        assert_close(one, activations(images, weights)["conv_2"], rtol=1e-3, hint=hint, what=f"activation of images {images.shape}")


def test_leaves_the_model_alone(student, rng):
    """The extractor is a Keras model that gradients run through, and the given model stays what it was."""
    weights, images = some_weights(4), rng.normal(size=(2, 5, 7, CHANNELS))
    got = student.made_from_a_network(weights, "conv_10", images)
    check(got["is_a_model"] is True, hint="Make a keras.Model, not a layer, a list or a function.", what="is a keras.Model")
    gradient = np.abs(as_array(got["gradient"], what="gradient")).max()
    assert_between(gradient, 1e-6, np.inf, hint="The next questions differentiate through the extractor.", what="largest gradient for the images")
    hint = "Look, do not touch: the model's weights and flags stay as they are."
    assert_close(got["scores"], activations(images, weights)["scores"], rtol=1e-3, hint=hint, what="the model's scores")
    assert_equal(get(got, "trainable"), 2 * len(SHAPES), hint=hint, what="the model's trainable weights")
