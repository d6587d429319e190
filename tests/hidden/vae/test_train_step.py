"""One step of training, foreseen to the last weight.

Encoder, decoder and kl_divergence are replaced by small doubles, so that nothing else in a notebook matters. The log-variances of
these doubles lie around -35, where a cloud is a point: a step that draws z anew from mean and log-variance gets the
same numbers as one that takes the encoder's z. Each number is compared with the reference's under the same doubles, and, for an answer that
writes the divergence out instead of calling it, with the reference's under its own kl_divergence.
"""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close_any, assert_differs, get, question, visible, weight

pytestmark = question("train_step")

SHAPE, LATENT_DIM = (4, 3, 2), 3
PIXELS = 24
NAMES = ["loss", "reconstruction_loss", "kl_loss"]


def make_weights(rng, log_var):
    """Kernels and biases for the doubles: encoder's mean and log-variance, decoder."""
    return {
        "mean": [rng.normal(scale=0.4, size=(PIXELS, LATENT_DIM)), rng.normal(scale=0.3, size=LATENT_DIM)],
        "log_var": [rng.normal(scale=0.4, size=(PIXELS, LATENT_DIM)), log_var + rng.normal(size=LATENT_DIM)],
        "decoder": [rng.normal(scale=0.5, size=(LATENT_DIM, PIXELS)), rng.normal(scale=0.5, size=PIXELS)],
    }


_rng = np.random.default_rng(7)
WEIGHTS = make_weights(_rng, log_var=-35.0)
WIDE = make_weights(_rng, log_var=2.0)
BATCHES = [brightness * _rng.random((5, *SHAPE)) for brightness in (1.0, 0.1, 0.6)]
ONE_STEP = {"weights": WEIGHTS, "batches": BATCHES[:1], "learning_rate": 0.5}  # one run, which four tests look at


def both(reference, probe, **run):
    """The reference's answers with the double for kl_divergence, and with its own."""
    return [getattr(reference, probe)(**run, inlined=inlined) for inlined in (False, True)]


def assert_logs(got, expected, hint, names=NAMES):
    for step, logs in enumerate(get(got, "logs")):
        for name in names:
            value = get(logs, name, hint=f"The dict that train_step returns needs the key {name!r}.", what="logs")
            assert_close_any(value, [one["logs"][step][name] for one in expected], hint=hint, what=f"{name} after batch {step + 1}")


def assert_weights(got, expected, network, hint):
    for i in range(len(expected[0][network])):
        assert_close_any(got[network][i], [one[network][i] for one in expected], rtol=1e-3, atol=2e-5, hint=hint, what=f"{network}'s weights {i}")


@visible
def test_reconstruction_loss(student, reference):
    """The reconstruction loss is the cross-entropy summed over pixels and channels, averaged over images."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    hint = "Count: over which axes is the cross-entropy summed, over which is it averaged, and what does the loss function average by itself?"
    assert_logs(got, expected, hint, ["reconstruction_loss"])


@visible
def test_kl_loss(student, reference):
    """The KL loss is the batch's mean of kl_divergence(z_mean, z_log_var)."""
    run = {"weights": WIDE, "batches": BATCHES[:1], "shift": 1.5}
    got, expected = student.train_steps(**run), both(reference, "train_steps", **run)
    hint = "Call your kl_divergence with mean and log-variance, in this order, and average over the batch."
    assert_logs(got, expected, hint, ["kl_loss"])


def test_total_loss(student, reference):
    """The loss is the sum of both halves, each with weight 1."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    assert_logs(got, expected, "The total is reconstruction plus KL, with no factor before either.", ["loss"])


@weight(2)
def test_decoder_update(student, reference):
    """One step moves the decoder's weights along the gradient of the loss."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    assert_weights(got, expected, "decoder", "Which weights do you differentiate for, which loss, and does the optimizer get pairs that belong together?")


@weight(2)
def test_encoder_update(student, reference):
    """One step moves the encoder's weights along the gradient of the whole loss, the KL included."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    assert_weights(got, expected, "encoder", "Both halves of the loss reach the encoder: is everything computed under the tape, and is the sum differentiated?")


def test_decodes_the_draw(student, reference):
    """The decoder gets the z that was drawn, not the mean."""
    got = student.train_steps(weights=WIDE, batches=BATCHES[:1], shift=1.5)
    of_the_mean = reference.train_steps(weights=WIDE, batches=BATCHES[:1])["logs"][0]["reconstruction_loss"]
    value = get(get(got, "logs")[0], "reconstruction_loss")
    assert_differs(value, of_the_mean, at_least=0.1, hint="The encoder has three outputs: which one is decoded?", what="reconstruction_loss and that of the mean")


def test_training_flag(student, reference):
    """Encoder and decoder are called with training=True."""
    run = {"weights": WEIGHTS, "batches": BATCHES[:1], "senses_training": True}
    got, expected = student.train_steps(**run), both(reference, "train_steps", **run)
    hint = "Dropout and batch normalization, in either network, must know that this is training."
    assert_logs(got, expected, hint, ["reconstruction_loss"])


def test_running_means(student, reference):
    """The logs are running means over an epoch, and a new epoch starts from nothing."""
    run = {"weights": WEIGHTS, "batches": BATCHES, "learning_rate": 0.1, "fresh_epoch_at": 2}
    got, expected = student.train_steps(**run), both(reference, "train_steps", **run)
    hint = "Each batch updates all three trackers, their results are returned, and Keras resets what the metrics property lists."
    assert_logs(got, expected, hint)


def test_fit(student, reference, rng):
    """In graph mode, with a short last batch, `fit` ends at the right weights and logs the three losses."""
    run = {"weights": WEIGHTS, "images": rng.random((7, *SHAPE)), "batch_size": 3, "epochs": 2, "learning_rate": 0.2}
    got, expected = student.fit(**run), both(reference, "fit", **run)
    hint = "What works in eager mode must also work in a graph (no NumPy, no float()), and for a batch of another length."
    for network in ("encoder", "decoder"):
        assert_weights(got, expected, network, hint)
    for name in NAMES:
        values = as_array(get(get(got, "history"), name, hint=f"The dict that train_step returns needs the key {name!r}.", what="history"))
        assert_between(values, 0, np.inf, hint=hint, what=f"{name} of each epoch")


@pytest.mark.gpu
@weight(2)
def test_learns_digits(student):
    """After a real training, held-out digits are rebuilt, each as itself."""
    with np.load(Path(__file__).parents[3] / "assignments" / "vae" / "data" / "digits.npz") as digits:
        images = digits["images"][..., None] / 16
    images, held_out = images[:1500].astype("float32"), images[1500:].astype("float32")
    got = student.train(images, held_out, latent_dim=8, epochs=30)
    rebuilt = as_array(got["rebuilt"], what="rebuilt images")
    average = images.mean(axis=0)
    hint = "Every image is rebuilt as the same blur: the posterior has collapsed. Compare the weights of the two losses."
    left_over = ((held_out - rebuilt) ** 2).mean() / ((held_out - average) ** 2).mean()
    assert_between(left_over, -np.inf, 0.6, hint=hint, what="share of the held-out variance that is left over")
    spread = rebuilt.std(axis=0).mean() / held_out.std(axis=0).mean()
    assert_between(spread, 0.4, 1.5, hint=hint, what="spread of rebuilt images over that of the originals")
    loss = as_array(get(got["history"], "loss"), what="loss")
    assert_between(loss[-1] / loss[0], -np.inf, 0.85, hint="The loss must fall.", what="last loss over first")
