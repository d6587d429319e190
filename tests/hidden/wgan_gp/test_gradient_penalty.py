"""Critics whose gradients are known: of a linear one they are its weights, of a curved one they show where it was asked."""

import numpy as np
import pytest

from gradetape.suite import (
    as_array,
    assert_between,
    assert_close,
    assert_differs,
    assert_shape,
    check,
    question,
    visible,
    weight,
)

pytestmark = question("gradient_penalty")

SHAPE = (5, 7, 2)


def two_batches(rng, size, shape=SHAPE):
    """Real images, and generated ones that differ from them by at least 1 in every pixel."""
    real = rng.normal(size=(size, *shape))
    return real, real + rng.choice([-1, 1], size=real.shape) * rng.uniform(1, 3, size=real.shape)


def direction(rng, norm):
    """Weights of a linear critic, with this norm."""
    weights = rng.normal(size=SHAPE)
    return weights * norm / np.linalg.norm(weights)


def fractions(points, real, fake):
    """How far along the way from real to generated each pixel is: `(B, pixels)`."""
    points = as_array(points, what="points that the critic scored")
    assert_shape(points, real.shape, hint="The critic scores one point for each example, in the images' shape.", what="points")
    return ((points - real) / (fake - real)).reshape(len(real), -1)


def penalty_at(points, scales):
    """The mean of (norm - 1)² for a critic whose gradient at a point is `scales` times the point."""
    norms = np.sqrt(np.square(points * scales).sum(axis=(1, 2, 3)))
    return np.square(norms - 1).mean()


@visible
@weight(2)
def test_linear_critic(student, rng):
    """A linear critic costs (norm - 1)², whether its slope is too steep or too flat."""
    real, fake = two_batches(rng, 3)
    for norm in (3.2, 0.4):
        got = student.penalty_of_linear_critic(direction(rng, norm), real, fake)["penalty"]
        hint = "The norm: squares, summed over all axes of one image, square root. Its distance from 1, squared, whichever side of 1 it is on."
        assert_close(got, (norm - 1) ** 2, hint=hint, what=f"penalty of the norm {norm}")


@weight(2)
def test_each_example_has_its_slope(student, rng):
    """Where slopes differ between examples, each is compared with 1 before the mean is taken."""
    real, fake = two_batches(rng, 4)
    real, fake = (batch * np.array([0.05, 0.3, 1, 3]).reshape(-1, 1, 1, 1) for batch in (real, fake))
    scales = rng.uniform(0.2, 1.5, size=SHAPE)
    got = student.penalty_of_curved_critic(scales, real, fake)
    points = as_array(got["points"], what="points that the critic scored")
    assert_shape(points, real.shape, hint="The critic scores one point for each example, in the images' shape.", what="points")
    hint = "One norm for each example, over all other axes; then the differences from 1, squared; then their mean."
    assert_close(got["penalty"], penalty_at(points, scales), hint=hint, what="penalty")


def test_points_on_the_lines(student, rng):
    """Each point lies between its real and its generated image, all pixels at the same fraction of the way."""
    real, fake = two_batches(rng, 6)
    alpha = fractions(student.penalty_of_curved_critic(np.ones(SHAPE), real, fake)["points"], real, fake)
    hint = "One alpha for all pixels of an image: which shape makes it spread over height, width and channels?"
    assert_between(np.ptp(alpha, axis=1), 0, 1e-4, hint=hint, what="spread of alpha within an image")
    assert_between(alpha, -1e-4, 1 + 1e-4, hint="A point between two others is at a fraction from 0 to 1 of the way.", what="alpha")


def test_alpha_is_uniform(student, rng):
    """Alpha is another for each example, and uniform between 0 and 1."""
    real, fake = two_batches(rng, 2000, (1, 2, 3))
    alpha = np.sort(fractions(student.penalty_of_curved_critic(np.ones((1, 2, 3)), real, fake)["points"], real, fake)[:, 0])
    # Dvoretzky-Kiefer-Wolfowitz: the empirical distribution of 2,000 draws is further than 0.07 from the true one
    # with a probability below 2·exp(-2·2000·0.07²) = 6e-9.
    steps = np.arange(len(alpha) + 1) / len(alpha)
    distance = max(np.abs(alpha - steps[1:]).max(), np.abs(alpha - steps[:-1]).max())
    hint = "One alpha for each example of the batch, drawn from the uniform distribution between 0 and 1."
    assert_between(distance, 0, 0.07, hint=hint, what="distance of alpha's distribution from the uniform one")


def test_critic_learns_from_it(student, rng):
    """The penalty's gradient for a linear critic's weights is 2·(norm - 1) along them."""
    real, fake = two_batches(rng, 3)
    for norm in (3.2, 0.4):
        weights = direction(rng, norm)
        got = student.penalty_of_linear_critic(weights, real, fake)["to_weights"]
        hint = "The critic learns from the penalty: nothing between the critic's scores and the result may cut the gradient."
        assert_close(got, 2 * (norm - 1) * weights / norm, hint=hint, what="gradient for the critic's weights")


def test_in_a_graph(student, rng):
    """In one graph for batches of several sizes it is the same penalty, with a new alpha in each call."""
    real, fake = two_batches(rng, 5)
    scales = rng.uniform(0.2, 1.5, size=SHAPE)
    sizes = (4, 5, 4)
    calls = student.penalties_in_a_graph(scales, real, fake, sizes)
    alphas = []
    for call, size in zip(calls, sizes, strict=True):
        alphas.append(fractions(call["points"], real[:size], fake[:size])[:, 0])
        assert_close(call["penalty"], penalty_at(as_array(call["points"]), scales), hint="In graph mode batch_size is a tensor.", what="penalty in a graph")
    hint = "NumPy's and Python's random numbers are drawn once, when the graph is made: use keras.random or tf.random."
    assert_differs(alphas[0], alphas[2], at_least=1e-3, hint=hint, what="alpha in two calls")


def test_training_mode(student, rng):
    """The critic is called with training=True."""
    real, fake = two_batches(rng, 3)
    got = student.penalty_of_linear_critic(direction(rng, 2.0), real, fake, gain=3.0)["penalty"]
    assert_close(got, 25.0, hint="Every call of the critic says training=True.", what="penalty of a critic that is steeper in training")


@pytest.mark.gpu
@weight(2)
def test_measures_a_distance(student, rng):
    """A critic trained under the penalty measures how far apart two clouds are."""
    shift = rng.normal(size=(1, 2, 3))
    shift *= 1.5 / np.linalg.norm(shift)
    real = 0.2 * rng.normal(size=(1024, 1, 2, 3))
    fake = 0.2 * rng.normal(size=(1024, 1, 2, 3)) + shift
    scores = as_array(student.gap_under_penalty(real, fake, signs=[-1.0, 1.0], steps=800), what="mean scores")
    assert_shape(scores, (2,), hint="The critic's scores are numbers.", what="mean scores")
    # The distance is 1.5; the penalty, 10 times the squared excess of the slope, balances the gap at a slope of 1 + 1.5/20.
    # Twenty seeds gave 1.59 to 1.64; without a penalty the gap has no end.
    check(scores[0] > scores[1], hint="The gap should open.", what="real scores above generated ones")
    assert_between(scores[0] - scores[1], 1.4, 1.8, hint="The penalty should hold the slope near 1.", what="gap of the trained critic")
