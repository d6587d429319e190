"""Nothing here looks at layers or counts weights: the three models are judged by what they do, alone and together."""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_differs, assert_equal, assert_shape, check, question, visible, weight

pytestmark = question("autoencoder")

INPUT_DIM, LATENT_DIM = 15, 600  # so many numbers in a code that it is known how far positive and negative ones balance
_rng = np.random.default_rng(7)
IMAGES, CODES = _rng.random((12, INPUT_DIM)), _rng.normal(size=(12, LATENT_DIM))
DIRECTION = _rng.normal(size=(12, INPUT_DIM))


@visible
def test_shapes(student):
    """Three models from inputs to outputs of the sizes asked for, in the right order."""
    for input_dim, latent_dim in [(INPUT_DIM, LATENT_DIM), (9, 2)]:
        got = student.autoencoder_shapes(input_dim, latent_dim)
        hint = "Return autoencoder, encoder, decoder in this order, each a model made from keras.Input, with nothing fixed to 64 pixels."
        check(isinstance(got, list) and len(got) == 3, hint=hint, what="three models")
        for shapes, ends in zip(got, [(input_dim, input_dim), (input_dim, latent_dim), (latent_dim, input_dim)]):
            assert_equal(shapes, {"inputs": [[None, ends[0]]], "outputs": [[None, ends[1]]]}, hint=hint, what="shapes")


def test_one_after_the_other(student):
    """The autoencoder does what encoder and decoder do one after the other."""
    got = student.copies(IMAGES, LATENT_DIM)
    hint = "All layers are made once; the autoencoder is the decoder called on what the encoder gives."
    assert_shape(got["whole"], IMAGES.shape, hint=hint, what="copies")
    assert_close(got["whole"], got["halves"], hint=hint, what="autoencoder(x) and decoder(encoder(x))")


@weight(2)
def test_halves_learn_with_the_whole(student):
    """A training step of the autoencoder moves encoder and decoder, and all three still agree."""
    got = student.copies_after_a_step(IMAGES, LATENT_DIM, learning_rate=2.0)
    before, after = got["before"], got["after"]
    hint = "The halves must share their weights with the autoencoder: not equal weights, the same ones."
    assert_differs(after["codes"], before["codes"], at_least=1e-5, hint=hint, what="codes before and after")
    assert_differs(after["decoded"], before["decoded"], at_least=1e-5, hint=hint, what="what the decoder makes of the old codes, before and after")
    assert_close(after["whole"], after["halves"], hint=hint, what="autoencoder(x) and decoder(encoder(x)) after a step")


def test_pixels_between_0_and_1(student):
    """Whatever the code, pixels are between 0 and 1, and reach both ends."""
    pixels = as_array(student.ranges(IMAGES, CODES, factor=30)["pixels"], what="pixels")
    hint = "The decoder's last layer keeps pixels between 0 and 1 by a sigmoid."
    assert_between(pixels, 0, 1, hint=hint, what="pixels")
    assert_between(pixels.min(), 0, 0.05, hint=hint, what="darkest pixel")
    assert_between(pixels.max(), 0.95, 1, hint=hint, what="brightest pixel")
    middle = as_array(student.ranges(IMAGES, CODES, factor=0)["pixels"], what="pixels")
    assert_close(middle, np.full(IMAGES.shape, 0.5), hint=hint, what="pixels of a decoder whose weights are all zero")
    large = student.ranges(IMAGES, 4 * CODES, factor=1)["pixels"]
    assert_between(large, 1e-37, 1, hint="A sigmoid comes close to 0 and never reaches it.", what="pixels of rather large codes")


def test_codes_are_free(student):
    """Codes go as far as the weights drive them, to both sides alike."""
    codes = as_array(student.ranges(IMAGES, CODES, factor=30)["codes"], what="codes")
    hint = "A code may be any number: look at what comes last on its way."
    assert_between(codes.min(), -np.inf, -8, hint=hint, what="smallest number of a code")
    assert_between(codes.max(), 8, np.inf, hint=hint, what="largest number of a code")
    balance = np.abs(codes[codes < 0]).sum() / codes[codes > 0].sum()  # random weights: 1, give or take 0.12
    assert_between(balance, 0.5, 2.0, hint=hint, what="sum of negative over sum of positive numbers in codes")


def test_images_on_their_own(student):
    """A copy does not depend on what else is in the batch, and differs from image to image."""
    got = student.copies(IMAGES, LATENT_DIM)
    assert_close(got["alone"], got["whole"][1:2], rtol=1e-3, atol=1e-4, hint="Look for an operation that runs over the batch.", what="copy of one image")
    for name in ("codes", "whole"):
        assert_differs(got[name][0], got[name][1], at_least=1e-4, hint="Does the image reach the copy?", what=f"{name} of two images")


def test_everything_counts(student):
    """Each pixel, each number of the code and each weight has a say in the copies."""
    got = student.influence(IMAGES, LATENT_DIM, DIRECTION)
    hint = "Is there a part of the input, or a layer, that nobody uses?"
    assert_between(np.abs(as_array(got["pixels"], hint=hint)).max(axis=0), 1e-12, np.inf, hint=hint, what="influence of each pixel")
    of_codes = np.abs(as_array(student.code_influence(CODES, INPUT_DIM, DIRECTION), hint=hint))
    assert_between(of_codes.max(axis=0), 1e-12, np.inf, hint=hint, what="influence of each number of the code")
    for half in ("encoder", "decoder"):
        check(len(got[half]) > 0, hint="Both halves have weights, and they must be trainable.", what=f"trainable weights of the {half}")
        assert_between(got[half], 1e-12, np.inf, hint=hint, what=f"largest gradient of each weight of the {half}")


@pytest.mark.gpu
@weight(2)
def test_learns_digits(student):
    """After a real training, held-out digits come back, each as itself."""
    with np.load(Path(__file__).parents[3] / "assignments" / "autoencoders" / "data" / "digits.npz") as digits:
        images = digits["images"].reshape(-1, 64) / 16
    got = student.train_autoencoder(images[:1500], images[1500:], latent_dim=8, epochs=60)
    copies = as_array(got["whole"], what="copies")
    lost = ((images[1500:] - copies) ** 2).mean() / ((images[1500:] - images[:1500].mean(axis=0)) ** 2).mean()
    hint = "Trained as in the notebook, the copies should be clearly better than one blurred average for all."
    assert_between(lost, -np.inf, 0.45, hint=hint, what="share of the held-out variance that is lost")
    hint = "After training the autoencoder its halves must know what it knows."
    assert_close(got["whole"], got["halves"], rtol=1e-3, atol=1e-3, hint=hint, what="autoencoder(x) and decoder(encoder(x)) after training")
