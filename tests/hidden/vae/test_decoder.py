"""Nothing here looks at layers or counts weights: a decoder is judged by the images it makes."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, question, visible

pytestmark = question("decoder")

SHAPE, LATENT_DIM = (12, 8, 3), 5
POINTS = 3 * np.random.default_rng(7).normal(size=(16, LATENT_DIM))


def images_of(decoded, count):
    """The decoded images as an array of the right shape, or a clean failure."""
    images = as_array(decoded["images"], what="images")
    assert_shape(images, (count, *SHAPE), hint="One image for each point, in image_shape.", what="images")
    return images


def in_range(images):
    check(images.min() >= 0 and images.max() <= 1, hint="Which activation keeps each value between 0 and 1?", what="0 ≤ values ≤ 1")


@visible
def test_shapes(student):
    """A functional model for the latent size and image shape asked for, grey or in colour."""
    hint = "The dense layer's size and the last layer's channels follow from image_shape; height comes before width."
    for latent_dim, shape in [(LATENT_DIM, SHAPE), (3, (4, 8, 1))]:
        got = student.decoder_shapes(latent_dim, shape)
        assert_equal(got["inputs"], [[None, latent_dim]], hint=hint, what="shape of the input")
        assert_equal(got["outputs"], [[None, *shape]], hint=hint, what="shape of the output")


def test_inside_zero_and_one(student, rng):
    """Values approach 0 and 1 smoothly and do not sit on them."""
    # Points further and further out: some images come close to the ends, but not so close that float32 rounds them there.
    points = rng.normal(size=(2, LATENT_DIM))[:, None] * 1.5 ** np.arange(25)[:, None]
    flat = as_array(student.decode(points.reshape(-1, LATENT_DIM), SHAPE)["images"], what="images")
    assert_shape(flat, (50, *SHAPE), hint="One image of the shape asked for, for each point.", what="images")
    images = flat.reshape(2, 25, *SHAPE)
    hint = "Cutting values off at 0 and 1 leaves no gradient there: the last activation must bend, not break."
    in_range(images)
    for name, distances in [("0", images), ("1", 1 - images)]:
        assert_between(distances[:, 0], 1e-6, np.inf, hint=hint, what=f"distance from {name} near the origin")
        closest = distances.min(axis=(0, 2, 3, 4))
        if (closest < 1e-3).any():
            assert_between(closest[np.argmax(closest < 1e-3)], 1e-7, np.inf, hint=hint, what=f"distance from {name} where it first falls below 0.001")


def test_whole_range(student):
    """With large weights, values come near both ends, in either direction of the last layer."""
    for images in student.decode_with_large_weights(POINTS[:8], SHAPE, factor=30):
        images = as_array(images, what="images")
        in_range(images)
        hint = "One activation decides the range, at the very end: what does a second one before it, or after it, do to it?"
        assert_between(images.min(), -np.inf, 0.05, hint=hint, what="distance of the smallest value from 0")
        assert_between(1 - images.max(), -np.inf, 0.05, hint=hint, what="distance of the largest value from 1")


def test_channels_of_their_own(student):
    """Each pixel and each channel has a value of its own that moves with the point."""
    images = images_of(student.decode(POINTS, SHAPE), count=16)
    hint = "Every pixel must depend on the point: is anything padded with constants?"
    assert_between(images.std(axis=0), 1e-6, np.inf, hint=hint, what="spread of each pixel over points")
    hint = "A sigmoid treats each channel alone. Which activation would couple them?"
    assert_between(images.sum(axis=-1).std(), 1e-4, np.inf, hint=hint, what="spread of the sum over channels")
    hint = "The last layer makes all channels; copying one makes a grey image."
    for channel in (1, 2):
        assert_differs(images[..., 0], images[..., channel], at_least=1e-4, hint=hint, what="two channels")
    hint = "Rows and columns differ in an image: is something repeated along one of them?"
    assert_between(images.std(axis=1).max(), 1e-5, np.inf, hint=hint, what="spread along the height")
    assert_between(images.std(axis=2).max(), 1e-5, np.inf, hint=hint, what="spread along the width")


def test_points_on_their_own(student):
    """A point's image does not depend on the batch, and another point has another image."""
    got = student.decode(POINTS, SHAPE)
    images = images_of(got, count=16)
    hint = "Look for an operation that runs over the batch axis."
    assert_close(got["alone"], images[1:2], rtol=1e-3, atol=1e-5, hint=hint, what="image of a point alone")
    assert_differs(images[0], images[1], at_least=1e-4, hint="Does the point reach the image?", what="images of two points")


def test_every_dimension_counts(student, rng):
    """Each latent dimension and each trainable weight moves the images."""
    got = student.decoder_gradients(rng.normal(size=(8, LATENT_DIM)), SHAPE, rng.normal(size=(8, *SHAPE)))
    reach = np.abs(as_array(got["points"])).max(axis=0)
    assert_between(reach, 1e-12, np.inf, hint="Does every number of the point reach the image?", what="influence of each latent dimension")
    check(len(got["weights"]) >= 2, hint="A decoder has weights to train.", what="at least 2 trainable weights")
    assert_between(got["weights"], 1e-12, np.inf, hint="Is there a layer whose output nobody uses?", what="largest gradient of each weight")
