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


def make_weights(rng, log_var=-35.0):
    """Kernels and biases for the doubles: encoder's mean and log-variance, decoder."""
    return {
        "mean": [rng.normal(scale=0.4, size=(PIXELS, LATENT_DIM)), rng.normal(scale=0.3, size=LATENT_DIM)],
        "log_var": [rng.normal(scale=0.4, size=(PIXELS, LATENT_DIM)), log_var + rng.normal(size=LATENT_DIM)],
        "decoder": [rng.normal(scale=0.5, size=(LATENT_DIM, PIXELS)), rng.normal(scale=0.5, size=PIXELS)],
    }


def make_batches(rng, *sizes):
    return [rng.random((size, *SHAPE)) for size in sizes]


def both(reference, probe, *args, **kwargs):
    """The reference's answers with the double for kl_divergence, and with its own."""
    return [getattr(reference, probe)(*args, inlined=inlined, **kwargs) for inlined in (False, True)]


def assert_logs(got, expected, hint, names=NAMES):
    for step, logs in enumerate(get(got, "logs")):
        for name in names:
            value = get(logs, name, hint=f"The dict that train_step returns needs the key {name!r}.", what="logs")
            assert_close_any(value, [one["logs"][step][name] for one in expected], hint=hint, what=f"{name} after batch {step + 1}")


def assert_weights(got, expected, network, hint):
    for i in range(len(expected[0][network])):
        assert_close_any(got[network][i], [one[network][i] for one in expected], rtol=1e-3, atol=2e-5, hint=hint, what=f"{network}'s weights {i}")


@visible
def test_reconstruction_loss(student, reference, rng):
    """The reconstruction loss is the cross-entropy summed over pixels and channels, averaged over images."""
    weights, batches = make_weights(rng), make_batches(rng, 5)
    got, expected = student.train_steps(weights, batches), both(reference, "train_steps", weights, batches)
    hint = "Count: over which axes is the cross-entropy summed, over which is it averaged, and what does the loss function average by itself?"
    assert_logs(got, expected, hint, ["reconstruction_loss"])


@visible
def test_kl_loss(student, reference, rng):
    """The KL loss is the batch's mean of kl_divergence(z_mean, z_log_var)."""
    weights, batches = make_weights(rng), make_batches(rng, 5)
    got, expected = student.train_steps(weights, batches, shift=1.5), both(reference, "train_steps", weights, batches, shift=1.5)
    hint = "Call your kl_divergence with mean and log-variance, in this order, and average over the batch."
    assert_logs(got, expected, hint, ["kl_loss"])


def test_total_loss(student, reference, rng):
    """The loss is the sum of both halves, each with weight 1."""
    weights, batches = make_weights(rng), make_batches(rng, 5)
    got, expected = student.train_steps(weights, batches), both(reference, "train_steps", weights, batches)
    assert_logs(got, expected, "The total is reconstruction plus KL, with no factor before either.", ["loss"])


@weight(2)
def test_decoder_update(student, reference, rng):
    """One step moves the decoder's weights along the gradient of the loss."""
    weights, batches = make_weights(rng), make_batches(rng, 5)
    got, expected = student.train_steps(weights, batches, 0.5), both(reference, "train_steps", weights, batches, 0.5)
    assert_weights(got, expected, "decoder", "Which weights do you differentiate for, which loss, and does the optimizer get pairs that belong together?")


@weight(2)
def test_encoder_update(student, reference, rng):
    """One step moves the encoder's weights along the gradient of the whole loss, the KL included."""
    weights, batches = make_weights(rng), make_batches(rng, 5)
    got, expected = student.train_steps(weights, batches, 0.5), both(reference, "train_steps", weights, batches, 0.5)
    assert_weights(got, expected, "encoder", "Both halves of the loss reach the encoder: is everything computed under the tape, and is the sum differentiated?")


def test_decodes_the_draw(student, reference, rng):
    """The decoder gets the z that was drawn, not the mean."""
    weights, batches = make_weights(rng, log_var=2.0), make_batches(rng, 5)
    got = student.train_steps(weights, batches, shift=1.5)
    of_the_mean = reference.train_steps(weights, batches)["logs"][0]["reconstruction_loss"]
    value = get(get(got, "logs")[0], "reconstruction_loss")
    assert_differs(value, of_the_mean, at_least=0.1, hint="The encoder has three outputs: which one is decoded?", what="reconstruction_loss and that of the mean")


def test_training_flag(student, reference, rng):
    """Encoder and decoder are called with training=True."""
    weights, batches = make_weights(rng), make_batches(rng, 5)
    for network in ("encoder", "decoder"):
        networks = {"senses_training": network}
        got, expected = student.train_steps(weights, batches, **networks), both(reference, "train_steps", weights, batches, **networks)
        assert_logs(got, expected, f"Dropout and batch normalization in the {network} must know that this is training.", ["reconstruction_loss"])


def test_running_means(student, reference, rng):
    """The logs are running means over an epoch, and a new epoch starts from nothing."""
    weights, batches = make_weights(rng), [batch * scale for batch, scale in zip(make_batches(rng, 5, 5, 5, 5), (0.1, 1, 0.5, 0.9))]
    arguments = dict(learning_rate=0.1, fresh_epoch_at=2)
    got, expected = student.train_steps(weights, batches, **arguments), both(reference, "train_steps", weights, batches, **arguments)
    hint = "Each batch updates all three trackers, their results are returned, and Keras resets what the metrics property lists."
    assert_logs(got, expected, hint)


def test_fit(student, reference, rng):
    """In graph mode, with a short last batch, `fit` ends at the right weights and logs the three losses."""
    weights, images = make_weights(rng), rng.random((7, *SHAPE))
    arguments = dict(batch_size=3, epochs=2, learning_rate=0.2)
    got, expected = student.fit(weights, images, **arguments), both(reference, "fit", weights, images, **arguments)
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
