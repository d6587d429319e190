"""Every expected number is computed in NumPy, from weights that the suite chose."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, assert_shape, question, visible

from .analytic import activation_of, gradient_of, middle_of, some_weights

pytestmark = question("compute_loss")

CHANNELS, FILTERS = 3, 5
WEIGHTS = some_weights(1, CHANNELS, FILTERS)


def some_image(rng, height=8, width=11):
    return rng.normal(size=(1, height, width, CHANNELS))


@visible
def test_mean_of_a_filter(student, rng):
    """The mean over the middle of one filter's activation, for each filter and for images of several sizes."""
    for size in [(8, 11), (13, 6), (5, 7)]:
        image = some_image(rng, *size)
        activation = activation_of(image, WEIGHTS)
        for index, got in enumerate(student.losses(WEIGHTS, image, list(range(FILTERS)))):
            hint = "Of the activation, not of the image: one filter, two rows and columns less on every side, and the mean over what is left."
            assert_close(got, middle_of(activation, index).mean(), rtol=1e-3, hint=hint, what=f"loss of filter {index}, image {size}")


def test_scalar(student, rng):
    """One number, without axes."""
    for got in student.losses(WEIGHTS, some_image(rng), [2, 4]):
        assert_shape(got, (), hint="One number for image and filter: reduce over every axis.", what="loss")


def test_negative_activations(student, rng):
    """A filter that is switched off has a negative loss where its activation is negative."""
    weights = some_weights(2, CHANNELS, FILTERS, shift=-1.0)
    image = some_image(rng)
    expected = middle_of(activation_of(image, weights), 3).mean()
    (got,) = student.losses(weights, image, [3])
    hint = "The mean of the activation as it is, with its sign: no absolute value, no square, no ReLU."
    assert_close(got, expected, rtol=1e-3, hint=hint, what="loss of a filter with negative activations")


def test_border_does_not_count(student, rng):
    """What happens in the border moves nothing, and what happens just inside does."""
    image = some_image(rng, 10, 9)
    # A filter of 3 × 3 sees one pixel to each side: pixels of the outermost ring reach no activation in the middle.
    changed, inside = image.copy(), image.copy()
    changed[:, [0, -1]] += 5
    changed[:, :, [0, -1]] -= 5
    inside[:, 2, 2] += 1
    plain, other, moved = (as_array(student.losses(WEIGHTS, one, [1])) for one in (image, changed, inside))
    hint = "Leave out a border of 2 on all four sides, no more and no less."
    assert_close(other, plain, hint=hint, what="loss after a change at the border")
    assert_between(np.abs(moved - plain), 1e-4, np.inf, hint=hint, what="how much a pixel inside moves the loss")


def test_maps_smaller_than_the_image(student, rng):
    """After a pooling, the border of 2 is the map's, and not the image's."""
    image, filters = some_image(rng, 14, 18), [1, 4]
    activation = activation_of(image, WEIGHTS)
    halved = sum(activation[:, i::2, j::2] for i, j in np.ndindex(2, 2)) / 4
    for index, got in zip(filters, student.losses_of_halved_maps(WEIGHTS, image, filters)):
        hint = "Where the map is smaller than the image: whose height and width do you count with?"
        assert_close(got, middle_of(halved, index).mean(), rtol=1e-3, hint=hint, what=f"loss of filter {index}, a map of 7 × 9")


def test_gradient(student, rng):
    """The loss can be differentiated with respect to the image, exactly."""
    image, filters = some_image(rng), [0, 3]
    for index, got in zip(filters, student.loss_gradients(WEIGHTS, image, filters)):
        hint = "From image to loss with tensors only: no NumPy, no float(), no predict."
        expected = gradient_of(image, WEIGHTS, index)
        assert_close(got, expected, rtol=1e-3, atol=1e-6, hint=hint, what=f"gradient for filter {index}")


def test_looks_only(student, rng):
    """Computing a loss changes nothing in the extractor, not even its moving averages."""
    got = student.loss_and_weights(WEIGHTS, some_image(rng), 2)
    hint = "The extractor is used as after training: a batch normalization told to train changes its averages."
    assert_equal(got["after"], got["before"], hint=hint, what="the extractor's weights")
