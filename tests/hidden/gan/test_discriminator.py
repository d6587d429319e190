"""Nothing here prescribes layers: a discriminator is judged by what its logits do, and by the maps on its way."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, get, question, visible

pytestmark = question("discriminator")

SHAPE = (12, 8, 3)
IMAGES = np.random.default_rng(7).uniform(-1, 1, size=(24, *SHAPE))


def logits_of(got, count):
    """Logits as an array of the right shape, or a clean failure."""
    logits = as_array(got, what="logits")
    assert_shape(logits, (count, 1), hint="One number for each image.", what="logits")
    return logits


@visible
def test_shapes(student):
    """A model for the image shape asked for, with one logit for each image."""
    hint = "Build it from keras.Input(image_shape) to one unit, with nothing fixed to the digits' own sizes."
    for shape in (SHAPE, (4, 8, 1)):
        got = student.discriminator_plan(shape)
        assert_equal(got["inputs"], [[None, *shape]], hint=hint, what="shape of the input")
        assert_equal(got["outputs"], [[None, 1]], hint=hint, what="shape of the output")


def test_convolutions_shrink_the_image(student):
    """At least two convolutions, with strides that bring the image down to a quarter of its height and width."""
    got = student.discriminator_plan(SHAPE)
    assert_between(got["kernels"], 2, np.inf, hint="Use at least two convolutions.", what="kernels of convolutions")
    small = [each for each in got["maps"] if 0 < each[0] <= 3 and 0 < each[1] <= 2]
    check(small, hint="Strides of 2 halve height and width; do it twice before you flatten.", what="a map of a quarter of the image")


def test_any_number(student):
    """Logits go as far as the last weights drive them, to both sides and in proportion."""
    shifts = np.array([0.0, 100.0, 300.0, -100.0, -300.0])
    found = student.judge_with_last_weight_shifted(IMAGES, shifts)
    logits = np.stack([logits_of(each, len(IMAGES)) for each in found])
    moved = logits - logits[0]
    hint = "A logit may be any number: no activation follows the last layer that has weights. The sigmoid belongs to the loss."
    assert_between(np.abs(moved[1]).max(), 0.1, np.inf, hint=hint, what="change of the logits after the last weight has changed by 100")
    assert_close(moved, shifts[:, None, None] / 100 * moved[1], rtol=1e-3, atol=0.01, hint=hint, what="change of the logits with the last weight")


def test_images_on_their_own(student):
    """An image's logit does not depend on what else is in the batch, and differs from image to image."""
    got = student.judge(IMAGES)
    logits = logits_of(got["together"], len(IMAGES))
    assert_close(got["alone"], logits[1:2], rtol=1e-3, atol=1e-4, hint="Look for an operation that runs over the batch axis.", what="logit of an image alone")
    assert_differs(logits[0], logits[1], at_least=1e-5, hint="Does the image reach the logit?", what="logits of two images")


def test_every_pixel_counts(student, rng):
    """Each pixel, each channel and each weight moves the logits."""
    got = student.discriminator_influences(IMAGES, rng.normal(size=(len(IMAGES), 1)))
    reach = np.abs(as_array(got["inputs"], what="gradient for the pixels")).max(axis=0)
    hint = 'Every pixel must reach the logit: padding="same", and kernels no smaller than their stride.'
    assert_between(reach, 1e-9, np.inf, hint=hint, what="influence of each pixel")
    assert_between(got["weights"], 1e-12, np.inf, hint="Is there a layer whose output nobody uses?", what="largest gradient of each weight")


def test_not_linear(student):
    """The network bends: between two images the logit does not run along a straight line."""
    pairs = 3 * IMAGES[:8], 3 * IMAGES[8:16]
    points = np.concatenate([*pairs, (pairs[0] + pairs[1]) / 2])
    ends, others, middles = np.split(logits_of(get(student.judge(points), "together", hint="It returns logits."), 24), 3)
    hint = "Without an activation between them, layers after layers are one linear map: put one after each convolution."
    bend = np.abs(middles - (ends + others) / 2).max()
    assert_between(bend / max(np.ptp(ends), 1e-6), 1e-3, np.inf, hint=hint, what="how far logits stray from a straight line")
