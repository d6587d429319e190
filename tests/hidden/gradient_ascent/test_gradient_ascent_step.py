"""A double stands in for compute_loss; an answer that writes the loss out instead climbs the notebook's. Both are computed in NumPy."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_equal, assert_shape, check, question, visible, weight

from .analytic import activation_of, gradient_of, middle_of, some_weights

pytestmark = question("gradient_ascent_step")

CHANNELS, FILTERS = 3, 5
WEIGHTS = some_weights(1, CHANNELS, FILTERS)


def some_image(rng, height=8, width=11):
    return rng.normal(size=(1, height, width, CHANNELS))


def directions(image, weights, filter_index):
    """The gradients that a right answer may climb: the double's, and the mean activation's."""
    double = gradient_of(image, weights, filter_index, lambda activation: 2 * activation / activation.size)
    return [double, gradient_of(image, weights, filter_index)]


def step(student, weights, image, filter_index, learning_rate):
    (got,) = student.climb(weights, image, filter_index, learning_rate)["path"]
    assert_shape(got, image.shape, hint="Return the new image and nothing else, in the image's shape.", what="new image")
    return as_array(got, what="new image")


@visible
def test_one_step(student, rng):
    """The image moves by the learning rate, along its gradient divided by its norm."""
    for filter_index, learning_rate, size in [(0, 0.5, (8, 11)), (4, 2.0, (9, 6)), (3, 0.1, (8, 11))]:
        image = some_image(rng, *size)
        got = step(student, WEIGHTS, image, filter_index, learning_rate)
        expected = [image + learning_rate * g / np.linalg.norm(g) for g in directions(image, WEIGHTS, filter_index)]
        hint = "Uphill along the gradient of the loss for the image, whose norm over rows, columns and channels together becomes 1; nothing is clipped."
        assert_close_any(got, expected, rtol=1e-3, atol=1e-4, hint=hint, what=f"image after a step for filter {filter_index}")


def test_length(student, rng):
    """A step is as long as the learning rate says, for strong filters and weak ones."""
    for gain in (0.008, 1.0, 5.0):  # beside the weak one's gradient, a guard of 1e-6 is small, and one of 1e-5 is not
        weights, image = some_weights(2, CHANNELS, FILTERS, gain), some_image(rng)
        for learning_rate in (0.25, 1.5):
            moved = step(student, weights, image, 2, learning_rate) - image
            hint = "Divide by the square root of the sum of squares: then a weak filter's step is as long as a strong one's."
            assert_close(np.linalg.norm(moved), learning_rate, rtol=5e-3, hint=hint, what=f"length of a step, gain {gain}")


def test_rises(student, rng):
    """With a small learning rate every step raises what is climbed."""
    image, filter_index = some_image(rng), 1
    path = student.climb(WEIGHTS, image, filter_index, learning_rate=0.1, steps=12)["path"]
    heights = {"double": [], "mean": []}
    for one in [image, *path]:
        assert_shape(one, image.shape, hint="Each step returns an image of the same shape.", what="image on the way")
        activation = activation_of(as_array(one, what="image on the way"), WEIGHTS)
        heights["double"].append((activation[..., filter_index] ** 2).mean())
        heights["mean"].append(middle_of(activation, filter_index).mean())
    risen = [np.diff(found).min() > 0 for found in heights.values()]
    check(any(risen), hint="Is each step taken from where the last one ended, uphill, with the gradient of that place?", what="a rise at every step")


def test_weights_stay(student, rng):
    """The extractor's weights and averages are bit for bit what they were."""
    got = student.climb(WEIGHTS, some_image(rng), 3, learning_rate=0.5, steps=2)
    hint = "Only the image changes: differentiate with respect to it, and leave the network's weights and mode alone."
    assert_equal(got["after"], got["before"], hint=hint, what="the extractor's weights")


def test_no_gradient(student, rng):
    """Where the gradient is zero, the image stays as it is."""
    weights, image = some_weights(3, CHANNELS, FILTERS, shift=-60.0), some_image(rng)  # a tanh so far down is flat
    got = step(student, weights, image, 2, 0.5)
    assert_close(got, image, rtol=1e-5, hint="A gradient of zeros has norm 0: what is divided by what then?", what="image without gradient")


@pytest.mark.gpu
@weight(2)
def test_tenfold(student, rng):
    """In a network trained on digits, steps from faint noise raise the activation of each filter that answers at all tenfold."""
    with np.load(Path(__file__).parents[3] / "assignments" / "gradient_ascent" / "data" / "digits.npz") as digits:
        images, labels = digits["images"][:1500, ..., None] / 16, digits["labels"][:1500]
    images = images.repeat(2, axis=1).repeat(2, axis=2)
    noise = rng.uniform(0.1, 0.3, size=(1, 20, 26, 1))
    maps = student.climb_in_a_trained_network(images, labels, noise, list(range(16)), learning_rate=3.0, steps=50)
    means = np.array([[as_array(one)[0, 2:-2, 2:-2].mean() for one in pair] for pair in maps])
    answers = means[:, 0] > 1e-3  # a ReLU that is off everywhere has no gradient to climb; of 16, three to eight are on
    hint = "Repeated from where it ended, the step must lead far up."
    assert_between(means[answers, 1] / means[answers, 0], 10, np.inf, hint=hint, what="activation over that of the noise")
