"""The formula stands here in NumPy, so nothing is compared with the reference."""

import numpy as np

from gradetape.suite import assert_close, assert_shape, question, visible

pytestmark = question("generator_loss")


@visible
def test_formula(student, rng):
    """The loss of seven random scores is minus their mean."""
    fake = rng.normal(1.7, 2, size=(7, 1))
    got = student.generators_loss(fake)["loss"]
    assert_close(got, -fake.mean(), hint="The generator wants high scores, an optimizer a low loss.", what="loss")


def test_better_is_lower(student):
    """The loss falls as the scores rise, on both sides of zero."""
    hint = "High scores, low loss: check the sign, and that nothing is squared or made positive."
    for score, expected in [(-2.0, 2.0), (0.0, 0.0), (3.0, -3.0)]:
        assert_close(student.generators_loss(np.full((4, 1), score))["loss"], expected, hint=hint, what=f"loss of scores {score}")


def test_far_scores(student):
    """Scores far from zero count in full."""
    fake = np.array([[-700.0], [12.0], [3000.0]])
    hint = "A score is any number, no probability: no sigmoid, no logarithm, no limits."
    assert_close(student.generators_loss(fake)["loss"], -fake.mean(), hint=hint, what="loss of far scores")


def test_single_number(student, rng):
    """The loss is a single number, whatever the batch's size."""
    for size in (1, 6):
        got = student.generators_loss(rng.normal(size=(size, 1)))["loss"]
        assert_shape(got, (), hint="Take the mean over all axes, so that a single number is left.", what=f"loss of {size} images")


def test_gradient(student, rng):
    """Each score pulls with the same force, 1/B."""
    got = student.generators_loss(8 * rng.normal(size=(5, 1)))
    hint = "Stay with keras.ops or tf functions from the scores to the loss, and divide by the number of images."
    assert_close(got["to_fake"], np.full((5, 1), -0.2), hint=hint, what="gradient for the scores")


def test_in_a_graph(student, rng):
    """In a graph that does not know the batch's size it gives the same number."""
    fake = rng.normal(2, size=(4, 1))
    got = student.generators_loss_in_a_graph(fake)
    assert_close(got, -fake.mean(), hint="fit runs your code inside a graph: no NumPy, no Python numbers made of tensors.", what="loss")
