"""Doubles stand in for the step and for the loss, so that an image can be foreseen from the noise that it began as.

Statistics of N numbers are held to 6 of their standard deviations (for uniform numbers of variance v: mean √(v/N), variance √(0.8/N) v,
fourth moment √(16/225 ÷ N) in units where the interval is −1 to 1, products of independent pairs v/√N): fewer than 30 comparisons in
this file, so a false alarm has a probability below 1e-6.
"""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_differs, assert_shape, question, visible

pytestmark = question("visualize_filter")

SHAPE, FILTERS = (9, 6, 3), 4
WEIGHTS = np.random.default_rng(1).normal(size=(SHAPE[-1], FILTERS))


def noise_of(student, seed, shape=SHAPE):
    """What comes out after no steps."""
    (image,) = student.visualize(WEIGHTS, 0, shape, 0, 0.5, [seed])
    assert_shape(image, shape, hint="Without steps the image is the noise itself, without a batch axis.", what="image after no steps")
    return as_array(image, what="image after no steps")


@visible
def test_shape(student):
    """One image in the shape asked for, without a batch axis."""
    for shape in (SHAPE, (5, 8, 3)):
        (image,) = student.visualize(WEIGHTS, 1, shape, 2, 0.5, [3])
        assert_shape(image, shape, hint="The step works on a batch of one image: take that image out again.", what="image")


def test_repeats_the_step(student):
    """As many steps as asked for, each from where the last one ended, with this filter and this learning rate."""
    height, width, _ = SHAPE
    for filter_index, steps, learning_rate, seed in [(0, 1, 0.5, 5), (3, 4, 0.2, 6), (2, 7, 3.0, 5)]:
        noise = noise_of(student, seed)
        stepped = noise
        for _ in range(steps):
            stepped = 0.9 * stepped + learning_rate * (filter_index + 1 + np.tanh(0.02 * (stepped @ WEIGHTS[:, filter_index]).sum()))
        # Written out, the steps of a linear filter all point the same way: by the tilt with the double for the loss, else in the middle.
        one_way = WEIGHTS[:, filter_index] / np.linalg.norm(WEIGHTS[:, filter_index])
        tilt, middle = np.add.outer(1 + np.arange(height), 2 * np.arange(width))[..., None], np.zeros((height, width, 1))
        middle[2:-2, 2:-2] = 1
        written_out = [noise + steps * learning_rate * part / np.linalg.norm(part) * one_way for part in (tilt, middle)]
        (got,) = student.visualize(WEIGHTS, filter_index, SHAPE, steps, learning_rate, [seed])
        hint = "The noise, then `steps` steps, each on the last one's image, with filter_index and learning_rate as given; nothing else is done to the image."
        assert_close_any(got, [stepped, *written_out], rtol=1e-3, hint=hint, what=f"image after {steps} steps")


def test_begins_with_grey_noise(student):
    """The noise is uniform between 0.4 and 0.6."""
    numbers = (noise_of(student, 11, (80, 60, 3)) - 0.5) / 0.1
    hint = "Uniform between 0.4 and 0.6: what are the smallest and largest number, the mean and the variance of yours?"
    assert_between(numbers, -1 - 1e-5, 1 + 1e-5, hint=hint, what="noise, with 0.4 taken to −1 and 0.6 to 1")
    for power, expected, spread in [(1, 0, np.sqrt(1 / 3)), (2, 1 / 3, np.sqrt(4 / 45)), (4, 1 / 5, np.sqrt(16 / 225))]:
        error = (numbers**power).mean() - expected
        bound = 6 * spread / np.sqrt(numbers.size)
        assert_between(error, -bound, bound, hint=hint, what=f"error of moment {power}")


def test_each_pixel_its_own(student):
    """Every number of the noise is drawn on its own."""
    centred = (noise_of(student, 12, (80, 60, 3)) - 0.5) / 0.1
    shifts = {"rows": (centred[1:], centred[:-1]), "columns": (centred[:, 1:], centred[:, :-1]), "channels": (centred[..., 1:], centred[..., :-1])}
    for name, (one, other) in shifts.items():
        bound = 6 / 3 / np.sqrt(one.size)
        hint = "Each pixel and each channel has a number of its own: draw in the image's shape."
        assert_between((one * other).mean(), -bound, bound, hint=hint, what=f"product of neighbouring {name}")


def test_same_seed(student):
    """The same seed gives the same image, whatever was drawn in between."""
    first, _, again = student.visualize(WEIGHTS, 1, SHAPE, 2, 0.5, [5, 6, 5])
    assert_close(again, first, rtol=0, atol=0, hint="The noise depends on seed and on nothing else.", what="image of the same seed")


def test_other_seeds(student):
    """Other seeds, 0 among them, give other images."""
    images = student.visualize(WEIGHTS, 1, SHAPE, 0, 0.5, [0, 1, 2, 42, 1337])
    for i, one in enumerate(images):
        for other in images[:i]:
            assert_differs(one, other, at_least=0.01, hint="Does the draw use seed as it is?", what="images of two seeds")
