"""The decoder here is transparent: its images are the points it was given, so that their distribution can be seen.

Statistics of N numbers are held to 6 of their standard deviations (mean 1/√N, variance √(2/N), fourth moment √(96/N), products of
independent pairs 1/√N): fewer than 40 comparisons in this file, so a false alarm has a probability below 1e-7.
"""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_shape, question, visible

pytestmark = question("generate")

COUNT, LATENT_DIM, IMAGE_SHAPE = 600, 6, (3, 1, 2)  # few enough for an answer that decodes one point after the other


def points_of(student, seeds=[11]):
    """The points behind the images for each seed, `(COUNT, LATENT_DIM)`."""
    found = [as_array(images, what="images") for images in student.generate(COUNT, LATENT_DIM, IMAGE_SHAPE, seeds)]
    for images in found:
        assert_shape(images, (COUNT, *IMAGE_SHAPE), hint="One image for each point, as the decoder returns them.", what="images")
    return [images.reshape(COUNT, LATENT_DIM) for images in found]


def assert_near(values, expected, std, hint, what):
    assert_between(np.asarray(values) - expected, -6 * std, 6 * std, hint=hint, what=what)


@visible
def test_shape(student):
    """As many images as asked for, in whatever shape the decoder makes."""
    for num_images in (5, 1):
        (images,) = student.generate(num_images, LATENT_DIM, IMAGE_SHAPE, [3])
        hint = "One point of latent_dim numbers for each image, and the decoder's images as they are."
        assert_shape(images, (num_images, *IMAGE_SHAPE), hint=hint, what="images")


def test_same_seed(student):
    """The same seed gives the same images, whatever was drawn in between."""
    first, _, again = student.generate(4, LATENT_DIM, IMAGE_SHAPE, [5, 6, 5])
    assert_close(again, first, atol=0, rtol=0, hint="The draw must depend on seed and on nothing else.", what="images of the same seed")


def test_other_seeds(student):
    """Other seeds, 0 among them, give other images."""
    images = student.generate(4, LATENT_DIM, IMAGE_SHAPE, [0, 1, 2, 42, 1337])
    for i, one in enumerate(images):
        for other in images[:i]:
            assert_differs(one, other, at_least=0.01, hint="The draw must depend on seed: is it passed on as it is?", what="images of two seeds")


def test_standard_normal(student):
    """Points have mean 0, variance 1 and the shape of a normal distribution."""
    (points,) = points_of(student)
    hint = "Points are drawn from the standard normal, N(0, 1), and decoded with training=False: what is the mean, the variance, the shape of yours?"
    assert_near(points.mean(), 0, 1 / np.sqrt(points.size), hint, "mean")
    assert_near((points**2).mean(), 1, np.sqrt(2 / points.size), hint, "variance")
    assert_near((points**4).mean(), 3, np.sqrt(96 / points.size), hint, "fourth moment")



def test_independent(student):
    """Every number of every point is drawn on its own, for any seed."""
    first, second = points_of(student, [7, 8])
    bound = 1 / np.sqrt(COUNT)
    assert_near((first[1:] * first[:-1]).mean(axis=0), 0, bound, "Each image has a point of its own.", "product of neighbours")
    across = first.T @ first / COUNT
    assert_near(across[np.triu_indices(LATENT_DIM, 1)], 0, bound, "Each latent dimension has a number of its own.", "product of dimensions")
    assert_near((first * second).mean(axis=0), 0, bound, "Another seed means other numbers.", "product of two seeds' points")
