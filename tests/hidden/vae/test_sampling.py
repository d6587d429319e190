"""Draws are random, so they are judged by statistics, and by gradients that hold exactly whatever the noise was.

With N draws of a standard normal, the standard deviation of the mean is 1/√N, of the variance √(2/N), of the fourth moment √(96/N), of
the mean of a product of two independent draws 1/√N. A test here makes at most 30 such comparisons; a bound of 6 of
these standard deviations then raises a false alarm with a probability below 1e-7.
"""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_shape, get, question, visible

pytestmark = question("sampling")

Z_MEAN = np.array([-4.0, 0, 2, 7])
Z_LOG_VAR = np.array([-4.0, 3, 1, -1])
STD = np.exp(Z_LOG_VAR / 2)
COUNT = 4000
CLOUDS = {"z_mean": [Z_MEAN], "z_log_var": [Z_LOG_VAR], "count": COUNT}  # one run, which three tests look at


def noise_of(z, rows=1):
    """The standard normal numbers behind draws of shape (rows · COUNT, D) from the clouds above."""
    z = as_array(z, what="z")
    assert_shape(z, (rows * COUNT, len(STD)), hint="z has the shape of z_mean.", what="z")
    return (z - Z_MEAN) / STD


def assert_near(values, expected, std, hint, what):
    assert_between(np.asarray(values) - expected, -6 * std, 6 * std, hint=hint, what=what)


@visible
def test_narrow_clouds(student, rng):
    """From clouds that are nearly points, each image's draw is its own mean."""
    z_mean = rng.normal(scale=3, size=(5, 3))
    for z in student.draw(z_mean, np.full((5, 3), -30.0)):
        hint = "With a log-variance of -30 nothing but z_mean is left of the formula."
        assert_close(z, z_mean, atol=1e-4, hint=hint, what="z")


def test_spread(student):
    """Thousands of draws have the centre and the spread of their clouds."""
    z, _ = student.draw(**CLOUDS)
    noise = noise_of(z)
    hint = "The noise is scaled by the standard deviation: what do you get from the logarithm of a variance?"
    assert_near(noise.mean(axis=0), 0, 1 / np.sqrt(COUNT), hint, "mean of (z - z_mean) / std")
    assert_near((noise**2).mean(axis=0), 1, np.sqrt(2 / COUNT), hint, "variance of (z - z_mean) / std")


def test_normal(student):
    """The noise is normal, not of some other distribution with the same spread."""
    noise = np.concatenate([noise_of(z) for z in student.draw(**CLOUDS)])
    hint = "Which distribution does your noise come from?"
    fourth = (noise**4).mean(axis=0)
    assert_near(fourth, 3, np.sqrt(96 / len(noise)), hint, "fourth moment of the noise")


def test_fresh_noise(student):
    """Noise is independent between calls, between images and between dimensions."""
    first, second = (noise_of(z) for z in student.draw(**CLOUDS))
    bound = 1 / np.sqrt(COUNT)
    assert_near((first * second).mean(axis=0), 0, bound, "Each call draws anew: look at the seed.", "product of two calls' noise")
    neighbours = (first[1:] * first[:-1]).mean(axis=0)
    assert_near(neighbours, 0, bound, "Each image of a batch has noise of its own.", "product of two images' noise")
    across = first.T @ first / COUNT
    between = across[np.triu_indices(len(STD), 1)]
    assert_near(between, 0, bound, "Each latent dimension has noise of its own.", "product of two dimensions' noise")


def test_gradients(student, rng):
    """A draw passes gradients on to its mean and its log-variance."""
    z_mean, z_log_var = rng.normal(size=(5, 3)), rng.normal(scale=2, size=(5, 3))
    got = student.draw_gradients(z_mean, z_log_var)
    hint = "z is the mean plus something that does not depend on the mean."
    assert_close(get(got, "to_mean"), np.ones((5, 3)), hint=hint, what="dz/dz_mean")
    z = as_array(got["z"], what="z")
    hint = "z depends on z_log_var through the standard deviation exp(z_log_var / 2): differentiate that by hand and compare."
    assert_close(got["to_log_var"], (z - z_mean) / 2, atol=1e-4, hint=hint, what="dz/dz_log_var")


def test_in_a_model(student):
    """In a functional model it draws anew for every batch, whatever its size."""
    sizes = (2 * COUNT, COUNT, COUNT)
    z_mean, z_log_var = np.tile(Z_MEAN, (2 * COUNT, 1)), np.tile(Z_LOG_VAR, (2 * COUNT, 1))
    draws = student.draw_in_a_model(z_mean, z_log_var, sizes)
    hint = "While a model is built the batch's size is unknown; a graph repeats what Python computed while it was traced."
    long, short, again = (noise_of(z, size // COUNT) for z, size in zip(draws, sizes))
    for noise in (long, short, again):
        assert_near((noise**2).mean(axis=0), 1, np.sqrt(2 / COUNT), hint, "variance of (z - z_mean) / std")
    assert_differs(short, again, at_least=0.1, hint=hint, what="two draws of one graph")
    assert_near((short * again).mean(axis=0), 0, 1 / np.sqrt(COUNT), hint, "product of two calls' noise")
