"""Nothing here looks at layers or counts weights: an encoder is judged by what its outputs do.

A double stands in for Sampling (`3 · mean − 5 · log-variance`), so that a mistake there costs nothing here; an encoder
that draws by other means than that name is judged by the statistics of its draws.
"""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, check, question, visible

pytestmark = question("encoder")

SHAPE, LATENT_DIM = (12, 8, 3), 24  # 24 numbers of either sign: all alike by chance once in 2^23
IMAGES = np.random.default_rng(7).random((40, *SHAPE))
DIRECTIONS = np.random.default_rng(8).normal(size=(2, 8, LATENT_DIM))
ENCODED = {"images": IMAGES, "latent_dim": LATENT_DIM, "calls": 2}  # one run, which three tests look at


def three(outputs):
    """The encoder's outputs as arrays, or a clean failure."""
    check(isinstance(outputs, list) and len(outputs) == 3, hint="The model ends in a list of three tensors.", what="three outputs")
    return [as_array(output, what=name) for output, name in zip(outputs, ["z_mean", "z_log_var", "z"])]


@visible
def test_shapes(student):
    """A functional model for the image shape and latent size asked for, with three outputs."""
    got = student.encoder_shapes(SHAPE, LATENT_DIM)
    hint = "Build it from keras.Input(image_shape) to [z_mean, z_log_var, z], with nothing fixed to the digits' own sizes."
    assert_equal(got["inputs"], [[None, *SHAPE]], hint=hint, what="shapes of the inputs")
    assert_equal(got["outputs"], [[None, LATENT_DIM]] * 3, hint=hint, what="shapes of the outputs")


def test_z_is_drawn_from_the_heads(student):
    """The third output is drawn from the first two, in their order."""
    first, second = map(three, student.encode(**ENCODED)["calls"])
    hint = "Hand the pair (z_mean, z_log_var) to Sampling in this order, and return the three in the order of the docstring."
    for i, name in enumerate(["z_mean", "z_log_var"]):
        assert_close(second[i], first[i], hint="Only z is random.", what=f"{name} in a second call")
    if np.array_equal(first[2], second[2]):  # by the double
        z_mean, z_log_var, z = first
        assert_close(z, 3 * z_mean - 5 * z_log_var, hint=hint, what="z as the double makes it")
        return
    z_mean, z_log_var, z = three(student.encoder_draws(IMAGES, LATENT_DIM, spread=1.0))
    noise = (z - z_mean) / np.exp(z_log_var / 2)  # 960 standard normal numbers: bounds of 6 standard deviations
    assert_between(noise.mean(), -0.2, 0.2, hint=hint, what="mean of (z - z_mean) / std")
    assert_between((noise**2).mean(), 0.72, 1.28, hint=hint, what="variance of (z - z_mean) / std")


def test_unbounded(student):
    """Means and log-variances go as far as the weights drive them, to both sides."""
    z_mean, z_log_var, _ = three(student.encode_with_large_weights(IMAGES[:6], LATENT_DIM, factor=200))
    for values, name in [(z_mean, "z_mean"), (z_log_var, "z_log_var")]:
        hint = f"{name} may be any number: look at what comes last on its way."
        assert_between(values.min(), -np.inf, -50, hint=hint, what=f"smallest {name}")
        assert_between(values.max(), 50, np.inf, hint=hint, what=f"largest {name}")


def test_separate_heads(student):
    """Mean and log-variance come from layers of their own."""
    z_mean, z_log_var, _ = three(student.encode(**ENCODED)["calls"][0])
    hint = "One layer for both heads makes them say the same."
    assert_differs(z_mean, z_log_var, at_least=1e-3, hint=hint, what="z_mean and z_log_var")
    ratio = (z_mean * z_log_var).sum() / (z_mean**2).sum()
    assert_differs(ratio * z_mean, z_log_var, at_least=1e-3, hint=hint, what="z_log_var and a multiple of z_mean")


def test_images_on_their_own(student):
    """An image's cloud does not depend on what else is in the batch, and differs from image to image."""
    got = student.encode(**ENCODED)
    together, alone = three(got["calls"][0]), three(got["alone"])
    for i, name in enumerate(["z_mean", "z_log_var"]):
        hint = "Look for an operation that runs over the batch axis."
        assert_close(alone[i], together[i][1:2], rtol=1e-3, atol=1e-4, hint=hint, what=f"{name} of an image alone")
        assert_differs(together[i][0], together[i][1], at_least=1e-4, hint="Does the image reach the heads?", what=f"{name} of two images")


def test_every_pixel_counts(student):
    """Each pixel and each channel of the image moves means and log-variances."""
    got = student.encoder_gradients(IMAGES[:8], LATENT_DIM, DIRECTIONS)
    for gradient, name in zip(got["pixels"], ["z_mean", "z_log_var"]):
        reach = np.abs(as_array(gradient)).max(axis=0)
        hint = 'Strides and padding decide which pixels a convolution sees: with padding "same" none is lost. No channel may be dropped either.'
        assert_between(reach, 1e-12, np.inf, hint=hint, what=f"influence of each pixel on {name}")


def test_all_weights_learn(student):
    """Every trainable weight has a gradient from the heads."""
    got = student.encoder_gradients(IMAGES[:8], LATENT_DIM, DIRECTIONS)["weights"]
    check(len(got) >= 4, hint="Both heads have weights of their own, and they must be trainable.", what="at least 4 trainable weights")
    assert_between(got, 1e-12, np.inf, hint="Is there a layer whose output nobody uses?", what="largest gradient of each weight")
