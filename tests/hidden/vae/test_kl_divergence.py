"""The closed form is short enough to stand here in NumPy, so nothing is compared with the reference."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_shape, question, visible, weight

pytestmark = question("kl_divergence")


def divergence(z_mean, z_log_var):
    """KL(N(mu, sigma²) ‖ N(0, 1)), summed over the last axis (Kingma and Welling 2014, appendix B)."""
    return 0.5 * (z_mean**2 + np.exp(z_log_var) - 1 - z_log_var).sum(axis=-1)


@visible
@weight(2)
def test_closed_form(student, rng):
    """The divergence of seven clouds in four dimensions follows the closed form."""
    z_mean, z_log_var = rng.normal(scale=2, size=(7, 4)), rng.normal(scale=1.5, size=(7, 4))
    got = student.kl(z_mean, z_log_var)
    hint = "Check each term of the formula: its sign, the one half in front, and that you sum over the latent dimensions."
    assert_close(got, divergence(z_mean, z_log_var), hint=hint, what="divergence")


def test_zero_only_at_the_prior(student):
    """A cloud equal to the prior costs nothing; a shifted, a narrow and a wide one do."""
    z_mean = np.array([[0, 0, 0], [0, 0.5, 0], [0, 0, 0], [0, 0, 0]])
    z_log_var = np.array([[0, 0, 0], [0, 0, 0], [0, 0, -1], [0.8, 0, 0]])
    got = as_array(student.kl(z_mean, z_log_var), what="divergence")
    assert_shape(got, (4,), hint="Each image has a divergence of its own.", what="divergence")
    assert_close(got[0], 0.0, hint="At mean 0 and log-variance 0 all terms must cancel.", what="divergence at the prior")
    assert_between(got[1:], 0.05, np.inf, hint="A divergence is positive wherever the two distributions differ.", what="divergence elsewhere")


def test_sizes_of_one(student, rng):
    """One image, or one latent dimension, still gives one number for each image."""
    for shape in [(1, 3), (4, 1)]:
        z_mean, z_log_var = rng.normal(size=shape), rng.normal(size=shape)
        got = student.kl(z_mean, z_log_var)
        hint = "Sum over the last axis and over no other, and leave the batch axis there even if it has length 1."
        assert_close(got, divergence(z_mean, z_log_var), hint=hint, what=f"divergence for shape {shape}")


def test_each_image_on_its_own(student, rng):
    """Changing one image's cloud changes that image's divergence and no other."""
    z_mean, z_log_var = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    before = as_array(student.kl(z_mean, z_log_var), what="divergence")
    z_mean[2] += 1.5
    z_log_var[2] -= 1
    after = as_array(student.kl(z_mean, z_log_var), what="divergence")
    hint = "The mean over the batch comes in the training step; here each image has a number of its own."
    assert_shape(before, (5,), hint=hint, what="divergence")
    assert_shape(after, (5,), hint=hint, what="divergence")
    others = [0, 1, 3, 4]
    assert_close(after[others], before[others], hint=hint, what="divergence of the other images")
    assert_close(after[2], divergence(z_mean, z_log_var)[2], hint=hint, what="divergence of the changed image")


def test_wide_range(student):
    """Nearly certain and very uncertain clouds come out right as well."""
    z_mean = np.array([[30.0, -20.0], [0.0, 0.0], [0.0, 0.0]])
    z_log_var = np.array([[0.0, 0.0], [-25.0, -60.0], [9.0, 6.0]])
    hint = "No term of the formula needs to be clipped or shifted by a small number."
    assert_close(student.kl(z_mean, z_log_var), divergence(z_mean, z_log_var), hint=hint, what="divergence")


def test_in_a_graph(student, rng):
    """In graph mode it gives the same numbers, and the gradients that training needs."""
    z_mean, z_log_var = rng.normal(size=(6, 3)), rng.normal(size=(6, 3))
    got = student.kl_in_a_graph(z_mean, z_log_var)
    hint = "Stay with keras.ops or tf functions from the arguments to the result: fit runs your code inside a graph."
    assert_close(got["divergence"], divergence(z_mean, z_log_var), hint=hint, what="divergence in a graph")
    assert_close(got["to_mean"], z_mean, hint=hint, what="gradient with respect to z_mean")
    assert_close(got["to_log_var"], (np.exp(z_log_var) - 1) / 2, hint=hint, what="gradient with respect to z_log_var")
