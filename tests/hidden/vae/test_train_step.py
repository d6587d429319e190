"""One step of training, foreseen to the last weight.

Encoder, decoder and kl_divergence are replaced by small doubles, so that nothing else in a notebook matters. The log-variances of
these doubles lie around -35, where a cloud is a point: a step that draws z anew from mean and log-variance gets the
same numbers as one that takes the encoder's z. Losses and weights are compared with the reference's under the same doubles, and, for an answer
that writes the divergence out instead of calling it, with the reference's under its own kl_divergence.

What follows from the losses (their sum, their running means, graph mode) is held against the answer's own losses, so that one mistake costs
its own test and not all of them.
"""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_differs, assert_shape, get, question, visible, weight

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
BATCH, DARK_BATCH = _rng.random((5, *SHAPE)), 0.1 * _rng.random((5, *SHAPE))
ONE_STEP = {"weights": WEIGHTS, "batches": [BATCH], "learning_rate": 0.5}  # one run, which six tests look at
SHIFTED = {"weights": WIDE, "batches": [BATCH], "shift": 1.5}  # z is not z_mean, by much


def both(reference, probe, **run):
    """The reference's answers with the double for kl_divergence, and with its own."""
    return [getattr(reference, probe)(**run, inlined=inlined) for inlined in (False, True)]


def losses_of(run):
    """What `train_step` returned for each batch: the three losses, as an array of shape `(batches, 3)`."""
    hint = "train_step returns a dict with the keys loss, reconstruction_loss and kl_loss, a number under each."
    rows = [[get(logs, name, hint=hint, what="logs") for name in NAMES] for logs in get(run, "logs")]
    losses = as_array(rows, hint=hint, what="logs")
    assert_shape(losses, (len(rows), 3), hint=hint, what="logs")
    return losses


def assert_loss(got, expected, name, hint):
    column = NAMES.index(name)
    assert_close_any(losses_of(got)[:, column], [losses_of(one)[:, column] for one in expected], hint=hint, what=name)


def assert_weights(got, expected, network, hint):
    for i in range(len(expected[0][network])):
        assert_close_any(got[network][i], [one[network][i] for one in expected], rtol=1e-3, atol=2e-5, hint=hint, what=f"{network}'s weights {i}")


@visible
def test_reconstruction_loss(student, reference):
    """The reconstruction loss is the cross-entropy summed over pixels and channels, averaged over images."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    hint = "Count: over which axes is the cross-entropy summed, over which is it averaged, and what does the loss function average by itself?"
    assert_loss(got, expected, "reconstruction_loss", hint)


@visible
def test_kl_loss(student, reference):
    """The KL loss is the batch's mean of kl_divergence(z_mean, z_log_var)."""
    got, expected = student.train_steps(**SHIFTED), both(reference, "train_steps", **SHIFTED)
    assert_loss(got, expected, "kl_loss", "Call your kl_divergence with mean and log-variance, in this order, and average over the batch.")


def test_total_loss(student):
    """The loss is the sum of both halves, each with weight 1."""
    ((loss, reconstruction_loss, kl_loss),) = losses_of(student.train_steps(**ONE_STEP))
    assert_close(loss, reconstruction_loss + kl_loss, hint="The total is reconstruction plus KL, with no factor before either.", what="loss")


@weight(2)
def test_decoder_update(student, reference):
    """One step moves the decoder's weights along the gradient of the loss."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    assert_weights(got, expected, "decoder", "Which weights do you differentiate for, which loss, and does the optimizer get pairs that belong together?")


@weight(2)
def test_encoder_update(student, reference):
    """One step moves the encoder's weights along the gradient of the whole loss, the KL included."""
    got, expected = student.train_steps(**ONE_STEP), both(reference, "train_steps", **ONE_STEP)
    hint = "Both halves of the loss reach the encoder: is everything computed under the tape, and is the sum differentiated?"
    assert_weights(got, expected, "encoder", hint)


def test_decodes_the_draw(student):
    """The decoder gets the z that was drawn, not the mean."""
    drawn, plain = losses_of(student.train_steps(**SHIFTED)), losses_of(student.train_steps(**ONE_STEP))
    of_the_mean = reconstruction_of_the_mean(WIDE, BATCH) / reconstruction_of_the_mean(WEIGHTS, BATCH)
    hint = "The encoder has three outputs: which one is decoded?"
    assert_differs(drawn[0, 1] / plain[0, 1], of_the_mean, at_least=0.01, hint=hint, what="how far z moves reconstruction_loss")


def reconstruction_of_the_mean(weights, images):
    """The cross-entropy of images that the doubles rebuild from z_mean, up to a factor."""
    flat = images.reshape(len(images), -1)
    z_mean = flat @ weights["mean"][0] + weights["mean"][1]
    rebuilt = 1 / (1 + np.exp(-(z_mean @ weights["decoder"][0] + weights["decoder"][1])))
    return -(flat * np.log(rebuilt) + (1 - flat) * np.log(1 - rebuilt)).sum()


def test_training_flag(student, reference):
    """Encoder and decoder are called with training=True."""
    run = {"weights": WEIGHTS, "batches": [BATCH], "senses_training": True}
    sensed, plain = (losses_of(student.train_steps(**kind)) for kind in (run, ONE_STEP))
    expected = losses_of(reference.train_steps(**run))[:, 1] / losses_of(reference.train_steps(**ONE_STEP))[:, 1]
    hint = "Dropout and batch normalization, in either network, must know that this is training."
    assert_close(sensed[:, 1] / plain[:, 1], expected, rtol=1e-3, hint=hint, what="how much training matters to reconstruction_loss")


def test_running_means(student):
    """The logs are running means over an epoch, and a new epoch starts from nothing."""
    run = {"weights": WEIGHTS, "batches": [BATCH, DARK_BATCH, DARK_BATCH], "new_epochs_at": [2]}
    light, both_so_far, dark = losses_of(student.train_steps(**run))
    hint = "train_step returns the trackers' results, every batch updates all three, and Keras sets back, at the start of an epoch, what metrics lists."
    assert_close(both_so_far, (light + dark) / 2, hint=hint, what="losses after two batches of an epoch")
    for column, name in enumerate(NAMES):
        assert_differs(light[column], dark[column], at_least=1e-3, hint=hint, what=f"{name} of two batches")


def test_fit(student):
    """`fit`, in graph mode and with a short last batch, does what the steps do one by one."""
    in_graph = student.fit(WEIGHTS, BATCH, batch_size=3, learning_rate=0.5)
    one_by_one = student.train_steps(WEIGHTS, [BATCH[:3], BATCH[3:]], learning_rate=0.5)
    hint = "What works in eager mode must also work in a graph (no NumPy, no float()), and for a batch of another length."
    for network in ("encoder", "decoder"):
        for i, expected in enumerate(one_by_one[network]):
            assert_close(in_graph[network][i], expected, rtol=1e-3, atol=2e-5, hint=hint, what=f"{network}'s weights {i}")
    for name in NAMES:
        values = as_array(get(in_graph["history"], name, hint=f"The dict that train_step returns needs the key {name!r}.", what="history"))
        assert_between(values, -1e6, 1e6, hint=hint, what=f"{name} of the epoch")


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
