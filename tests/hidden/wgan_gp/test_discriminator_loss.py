"""The formula stands here in NumPy, so nothing is compared with the reference."""

import numpy as np

from gradetape.suite import assert_close, assert_shape, question, visible

pytestmark = question("discriminator_loss")


def minus_gap(real, fake):
    """Mean score of the generated images minus that of the real ones (Gulrajani et al. 2017, equation 3, first two terms)."""
    return fake.mean() - real.mean()


@visible
def test_formula(student, rng):
    """The loss of seven random scores of each kind is minus the gap of their means."""
    real, fake = rng.normal(1.3, 2, size=(7, 1)), rng.normal(-0.4, 2, size=(7, 1))
    got = student.critic_loss(real, fake)["loss"]
    assert_close(got, minus_gap(real, fake), hint="Two means, one of them with a minus: which should be large for a good critic?", what="loss")


def test_good_and_bad_critics(student):
    """The loss is low for a critic that tells the two apart, high for one that confuses them, and 0 for one that scores all alike."""
    high, low = np.array([[3.0], [2.0], [2.5]]), np.array([[-1.0], [0.0], [-1.25]])
    hint = "Wide gap, low loss: real images should score high, generated ones low."
    for real, fake, expected in [(high, low, -3.25), (low, high, 3.25), (high, high[::-1], 0.0)]:
        assert_close(student.critic_loss(real, fake)["loss"], expected, hint=hint, what="loss")


def test_far_scores(student):
    """Scores far from zero count in full."""
    real, fake = np.array([[250.0], [-900.0]]), np.array([[40.0], [4000.0]])
    hint = "A score is any number, no probability: no sigmoid, no logarithm, no limits."
    assert_close(student.critic_loss(real, fake)["loss"], minus_gap(real, fake), hint=hint, what="loss of far scores")


def test_single_number(student, rng):
    """The loss is a single number, whatever the batch's size."""
    for size in (1, 6):
        got = student.critic_loss(rng.normal(size=(size, 1)), rng.normal(size=(size, 1)))["loss"]
        assert_shape(got, (), hint="Take the mean over all axes, so that a single number is left.", what=f"loss of {size} images")


def test_gradients(student, rng):
    """Each score pulls with the same force: 1/B down for a real image, 1/B up for a generated one."""
    got = student.critic_loss(rng.normal(size=(5, 1)), 8 * rng.normal(size=(5, 1)))
    hint = "Stay with keras.ops or tf functions from the scores to the loss, and divide by the number of images."
    assert_close(got["to_real"], np.full((5, 1), -0.2), hint=hint, what="gradient for the real scores")
    assert_close(got["to_fake"], np.full((5, 1), 0.2), hint=hint, what="gradient for the generated scores")


def test_in_a_graph(student, rng):
    """In a graph that does not know the batch's size it gives the same number."""
    real, fake = rng.normal(size=(4, 1)), rng.normal(2, size=(4, 1))
    got = student.critic_loss_in_a_graph(real, fake)
    assert_close(got, minus_gap(real, fake), hint="fit runs your code inside a graph: no NumPy, no Python numbers made of tensors.", what="loss")
