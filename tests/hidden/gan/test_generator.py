"""Nothing here prescribes layers: a generator is judged by the images it makes, and by the maps on its way."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, question, visible

pytestmark = question("generator")

SHAPE, LATENT_DIM = (12, 8, 3), 5
POINTS = 2 * np.random.default_rng(7).normal(size=(16, LATENT_DIM))


def images_of(got, count=len(POINTS)):
    """The generated images as an array of the right shape, or a clean failure."""
    images = as_array(got, what="images")
    assert_shape(images, (count, *SHAPE), hint="One image for each latent point, in image_shape.", what="images")
    return images


@visible
def test_shapes(student):
    """A model for the latent size and image shape asked for, grey or in colour."""
    hint = "The dense layer's size and the last layer's channels follow from image_shape; height comes before width."
    for latent_dim, shape in [(LATENT_DIM, SHAPE), (3, (4, 8, 1))]:
        got = student.generator_plan(latent_dim, shape)
        assert_equal(got["inputs"], [[None, latent_dim]], hint=hint, what="shape of the input")
        assert_equal(got["outputs"], [[None, *shape]], hint=hint, what="shape of the output")


def test_grows_from_a_small_map(student):
    """At least two convolutions, from a map of at most a quarter of the image's height and width."""
    got = student.generator_plan(LATENT_DIM, SHAPE)
    assert_between(got["kernels"], 2, np.inf, hint="Use at least two convolutions, transposed or after an upsampling.", what="kernels of convolutions")
    small = [each for each in got["maps"] if 0 < each[0] <= 3 and 0 < each[1] <= 2]
    check(small, hint="Start from a map of H/4 × W/4 and double it twice.", what="a map of a quarter of the image")


def shifted(student):
    """Images with each of five numbers added to the last weight: far down, a little down, none, a little up, far up."""
    found = student.generate_with_last_weight_shifted(POINTS[:8], SHAPE, np.array([-50.0, -0.5, 0.0, 0.5, 50.0]))
    return np.stack([images_of(each, 8) for each in found])


def test_whole_range(student):
    """Values stay between -1 and 1, and come near both ends where the last weights drive them there."""
    images = shifted(student)
    hint = "One activation decides the range, at the very end, and the real images' range is -1 to 1."
    assert_between(images, -1.0, 1.0, hint=hint, what="values")
    assert_between(images.min(), -1.0, -0.9, hint=hint, what="smallest value")
    assert_between(images.max(), 0.9, 1.0, hint=hint, what="largest value")


def test_tanh_at_the_end(student):
    """The last activation is a tanh: what goes into it moves in proportion to the last weight."""
    images = shifted(student)[1:4]
    inside = (np.abs(images) < 0.995).all(axis=0)
    hint = "After the last layer that has weights comes a tanh, smooth up to both ends, and nothing else."
    assert_between(inside.mean(), 0.3, 1.0, hint=hint, what="share of values away from -1 and 1")
    low, middle, high = np.arctanh(np.where(inside, images, 0.0))
    assert_close(high - middle, middle - low, rtol=0.01, atol=1e-3, hint=hint, what="what goes into tanh, as the last weight grows by 0.5 twice")


def test_pixels_of_their_own(student):
    """Each pixel and each channel has a value of its own that moves with the latent point."""
    images = images_of(student.generate(POINTS, SHAPE)["together"])
    hint = "Every pixel must depend on the latent point: is anything padded with constants?"
    assert_between(images.std(axis=0), 1e-6, np.inf, hint=hint, what="spread of each pixel over points")
    hint = "The last layer makes all channels, each with weights of its own."
    for channel in (1, 2):
        assert_differs(images[..., 0], images[..., channel], at_least=1e-4, hint=hint, what="two channels")
    hint = "Rows and columns differ in an image: is something repeated along one of them?"
    assert_between(images.std(axis=1).max(), 1e-5, np.inf, hint=hint, what="spread along the height")
    assert_between(images.std(axis=2).max(), 1e-5, np.inf, hint=hint, what="spread along the width")


def test_points_on_their_own(student):
    """A point's image does not depend on the batch, and another point has another image."""
    got = student.generate(POINTS, SHAPE)
    images = images_of(got["together"])
    assert_close(got["alone"], images[1:2], rtol=1e-3, atol=1e-5, hint="Look for an operation that runs over the batch axis.", what="image of a point alone")
    assert_differs(images[0], images[1], at_least=1e-4, hint="Does the latent point reach the image?", what="images of two points")


def test_every_number_counts(student, rng):
    """Each number of the latent point and each weight moves the images."""
    got = student.generator_influences(POINTS, SHAPE, rng.normal(size=(len(POINTS), *SHAPE)))
    reach = np.abs(as_array(got["inputs"], what="gradient for the latent points")).max(axis=0)
    assert_between(reach, 1e-9, np.inf, hint="Does every number of the latent point reach the image?", what="influence of each number")
    assert_between(got["weights"], 1e-12, np.inf, hint="Is there a layer whose output nobody uses?", what="largest gradient of each weight")


def test_not_linear(student):
    """The network bends before its last activation: halfway between two points lies no plain mixture of their images."""
    ends = POINTS[:5], POINTS[5:10]
    images = images_of(student.generate(np.concatenate([*ends, (ends[0] + ends[1]) / 2]), SHAPE)["together"], 15)
    first, second, middle = np.split(np.arctanh(np.clip(images, -0.9999, 0.9999)), 3)
    bend = np.abs(middle - (first + second) / 2).max()
    hint = "Without an activation between them, layers after layers are one linear map."
    assert_between(bend / max(np.abs(first - second).max(), 1e-6), 1e-2, np.inf, hint=hint, what="how far images stray from a plain mixture")
