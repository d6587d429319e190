"""With a linear discriminator and a generator of one image, a training step is exact: it is carried out here in NumPy.

Each of the two has two weights, and the second is a single number that starts at 0: the discriminator's bias, and a shade that
is added to all pixels of the image. The probes put doubles in place of what `compile` keeps. The double of the loss is the mean square of how far each logit is
from 2 (label 1) or -1 (label 0), so labels, logits and their order show in every number.
"""

from pathlib import Path

import numpy as np
import pytest

from gradetape.suite import as_array, assert_between, assert_close, assert_close_any, assert_equal, assert_shape, check, get, question, visible, weight

pytestmark = question("train_step")

SHAPE = (2, 5, 3)
LABELS_HINT = "As many labels as logits: 1 for each generated image and 0 for each real one; in the generator's half 0 for each image."


def setting(seed, sizes=(4,)):
    """A linear discriminator's weights, a generator's image and batches of real images."""
    rng = np.random.default_rng(seed)
    weights, image = 0.25 * rng.normal(size=SHAPE), 0.5 * rng.normal(size=SHAPE)
    return {"weights": weights, "image": image, "batches": [rng.normal(0.2, 0.5, size=(size, *SHAPE)) for size in sizes]}


# One run that three tests look at: three batches, the last one short, and a new epoch before it.
SEVERAL = {**setting(4, sizes=[4, 4, 3]), "rates": [0.04, 0.08], "new_epochs_at": [2]}


def simulate(weights, image, batches, rates, share):
    """What training on the batches does: both networks, and the losses of each step.

    `share`: what each of the two kinds of image has in the discriminator's loss, 1/2 in a mean and 1 in a sum.
    """
    w, bias, g, shade = weights.ravel(), 0.0, image.ravel(), 0.0
    d_losses, g_losses = [], []
    for batch in batches:
        fake, real = g + shade, batch.reshape(len(batch), -1)
        fake_error, real_errors = fake @ w + bias - 2, real @ w + bias + 1
        d_losses.append(share * (fake_error**2 + np.square(real_errors).mean()))
        w = w - rates[0] * share * 2 * (fake_error * fake + (real_errors[:, None] * real).mean(axis=0))
        bias -= rates[0] * share * 2 * (fake_error + real_errors.mean())
        fake_error = fake @ w + bias + 1
        g_losses.append(fake_error**2)
        g, shade = g - rates[1] * 2 * fake_error * w, shade - rates[1] * 2 * fake_error * w.sum()
    return {"networks": np.concatenate([w, [bias], g, [shade]]), "d_losses": d_losses, "g_losses": g_losses}


def simulations(setup, rates, epochs=1):
    """What right answers come to: with the mean of the discriminator's two losses, and with their sum."""
    return [simulate(setup["weights"], setup["image"], setup["batches"] * epochs, rates, share) for share in (0.5, 1.0)]


def weights_of(got, name):
    """All weights of a network, in one row."""
    return np.concatenate([as_array(each, what=name).ravel() for each in got[name]])


def assert_networks(got, expected, hint):
    """Both networks' weights are those of one of the simulations."""
    networks = np.concatenate([weights_of(got, name) for name in ("discriminator", "generator")])
    assert_close_any(networks, [one["networks"] for one in expected], hint=hint, what="weights of discriminator and generator")


def assert_labels(got, ones, zeros):
    labels = np.concatenate([np.zeros(0), *(as_array(each, what="labels") for each in got["labels"])])
    assert_equal([int((labels == 1).sum()), int((labels == 0).sum())], [ones, zeros], hint=LABELS_HINT, what="number of labels 1 and of labels 0")
    assert_equal(len(labels), ones + zeros, hint="Labels are exactly 0 or 1, and come before the logits.", what="number of labels")


def latent_points(got, latent_dim):
    """All latent points that the generator was given, one a row."""
    batches = [as_array(each, what="latent points") for each in got["latents"]]
    hint = "The generator is given latent points of shape (batch_size, latent_dim)."
    check(batches, hint=hint, what="the generator is called")
    for batch in batches:
        assert_shape(batch, (*batch.shape[:1], latent_dim), hint=hint, what="latent points")
    return np.concatenate([np.zeros((0, latent_dim)), *batches])


@visible
def test_one_step_each(student):
    """Each optimizer takes one step."""
    got = student.steps(**setting(1), rates=[0.05, 0.1])
    hint = "One half-step for each network, each by its own optimizer."
    assert_equal(got["optimizer steps"], [1, 1], hint=hint, what="steps of d_optimizer and g_optimizer")


def test_discriminator_descends_its_loss(student):
    """The discriminator's half goes down the gradient of its loss on generated and real images."""
    setup = setting(2)
    got = student.steps(**setup, rates=[0.1, 0.0])
    hint = "Judge both kinds of image inside the tape; generated images are labelled 1, real ones 0, and labels come before logits."
    assert_networks(got, simulations(setup, [0.1, 0.0]), hint)


def test_generator_descends_its_loss(student):
    """The generator's half goes down the gradient of the loss with the labels that mislead."""
    setup = setting(3)
    got = student.steps(**setup, rates=[0.0, 0.1])
    hint = "Generate and judge inside the tape; label the generated images as if they were real."
    assert_networks(got, simulations(setup, [0.0, 0.1]), hint)


def test_other_network_is_frozen(student):
    """Each half leaves the other network's weights exactly as they were."""
    setups = setting(2), setting(3)
    generator = weights_of(student.steps(**setups[0], rates=[0.1, 0.0]), "generator")
    discriminator = weights_of(student.steps(**setups[1], rates=[0.0, 0.1]), "discriminator")
    hint = "Each optimizer gets the weights of its own network and no others."
    assert_close(generator, [*setups[0]["image"].ravel(), 0], rtol=0, atol=1e-7, hint=hint, what="generator, whose learning rate is 0")
    assert_close(discriminator, [*setups[1]["weights"].ravel(), 0], rtol=0, atol=1e-7, hint=hint, what="discriminator, whose learning rate is 0")


def test_generator_faces_the_new_discriminator(student):
    """The discriminator's half comes first, and the generator's half is judged by what has learned just now."""
    setup = setting(1)
    got = student.steps(**setup, rates=[0.05, 0.1])
    hint = "First the discriminator's half, with its weights moved; only then generate and judge for the generator's half."
    assert_networks(got, simulations(setup, [0.05, 0.1]), hint)


def test_several_steps(student):
    """Three batches in a row, one of another size: both networks go on learning."""
    hint = "After one call both networks must be as ready to learn as before, for a batch of any size."
    assert_networks(student.steps(**SEVERAL), simulations(SEVERAL, SEVERAL["rates"]), hint)


def test_labels(student):
    """One label for each logit: the truth in the discriminator's half, the lie in the generator's."""
    assert_labels(student.steps(**SEVERAL), ones=11, zeros=22)


def test_fresh_latents(student):
    """Each half draws its own latent points from a standard normal distribution."""
    got = student.steps(**setting(6, sizes=[150]), rates=[1e-3, 1e-3], latent_dim=10)
    points = latent_points(got, latent_dim=10)
    hint = "Draw latent points for the discriminator's half, and draw again for the generator's."
    assert_between(len(np.unique(points, axis=0)), 300, np.inf, hint=hint, what="different latent points in two halves of 150")
    # float32 draws coincide now and then, by chance.
    assert_between(len(np.unique(points)), 2900, np.inf, hint="Every dimension of every latent point has a number of its own.", what="different numbers")
    # The mean and variance of 3,000 standard normal numbers are further than 0.1 and 0.14 (5.4 standard errors) from 0
    # and 1 with a probability below 1e-7 each.
    hint = "Latent points are normal, with mean 0 and variance 1 in each dimension."
    assert_between(points.mean(), -0.1, 0.1, hint=hint, what="mean of the latent points")
    assert_between(points.var(), 0.86, 1.14, hint=hint, what="variance of the latent points")
    # A share of 0.0455 of them is further than 2 from 0; 5.3 standard errors either way.
    assert_between((np.abs(points) > 2).mean(), 0.025, 0.066, hint=hint, what="share of numbers further than 2 from 0")


def test_logs_are_running_means(student):
    """The logs are the means of the losses since the epoch began."""
    logs = student.steps(**SEVERAL)["logs"]
    expected = simulations(SEVERAL, SEVERAL["rates"])
    for name, who in [("d_loss", "discriminator"), ("g_loss", "generator")]:
        hint = f"Update the metric with the {who}'s loss, as it was before the weights moved, and return what the metric says."
        got = [get(each, name, hint="train_step returns a dict with d_loss and g_loss.", what="logs") for each in logs]
        losses = [one["d_losses" if name == "d_loss" else "g_losses"] for one in expected]
        wanted = [np.array([a, (a + b) / 2, c]) for a, b, c in losses]
        values = np.array([as_array(value, what=name).sum() for value in got])
        assert_close_any(values, wanted, hint=hint, what=f"{name} after the first step, the second, and the first of a new epoch")


@weight(2)
def test_fit_with_a_short_last_batch(student):
    """Two epochs of fit, in graph mode, over 4 and then 3 images do what four training steps do."""
    setup = setting(8, sizes=[4, 3])
    real = np.concatenate(setup["batches"])
    rates = [0.03, 0.1]
    got = student.fit_in_a_graph(setup["weights"], setup["image"], real, rates, batch_size=4, epochs=2)
    hint = "In graph mode the batch's size is known only when the step runs: ask for the shape of real_images with ops.shape."
    expected = simulations(setup, rates, epochs=2)
    assert_networks(got, expected, hint)
    assert_labels(got, ones=14, zeros=28)
    points = latent_points(got, latent_dim=2)
    hint = "In graph mode too, latent points are drawn anew in each half-step: by keras.random or tf.random."
    assert_between(len(np.unique(points, axis=0)), 28, np.inf, hint=hint, what="different latent points in four steps of two halves")
    for name in ("g_loss", "d_loss"):
        hint = "The history has the mean of an epoch's losses: return what the metrics say."
        value = as_array(get(got["history"], name, hint=hint, what="history"), what=name)
        losses = [np.reshape(one["d_losses" if name == "d_loss" else "g_losses"], (2, 2)) for one in expected]
        # A short batch may count as any other, or by its size.
        wanted = [np.average(each, axis=1, weights=shares) for each in losses for shares in ([1, 1], [4, 3])]
        assert_close_any(value, wanted, rtol=1e-3, hint=hint, what=f"{name} of two epochs")


# A classifier in plain NumPy judges samples: ten digits, and an eleventh class for what is none.

DATA = Path(__file__).parents[3] / "assignments" / "gan" / "data" / "digits.npz"
NO_DIGIT, EPOCHS = 10, 60


def no_digits(rng, images):
    """As many images that are no digits: noise, shuffled pixels, mixtures of two digits, digits with a part wiped out."""
    noise, shuffled, mixed, wiped = np.array_split(rng.permutation(images), 4)
    noise = rng.uniform(-1, 1, size=noise.shape)
    shuffled = rng.permuted(shuffled, axis=1)
    mixed = np.maximum(mixed, np.roll(mixed, 1, axis=0)) * 0.7
    wiped = wiped.reshape(-1, 8, 8).copy()
    for image in wiped:
        image[rng.integers(2, 4) :] = -1
    return np.concatenate([noise, shuffled, mixed, wiped.reshape(-1, 64)])


def trained_classifier(rng, images, labels, epochs=40):
    """A network with one hidden layer, trained by Adam; returns a function from images `(N, 64)` to classes."""
    images, labels = np.concatenate([images, no_digits(rng, images)]), np.concatenate([labels, np.full(len(images), NO_DIGIT)])
    weights = [rng.normal(0, 0.15, size=(64, 64)), np.zeros(64), rng.normal(0, 0.15, size=(64, 11)), np.zeros(11)]
    moments = [[np.zeros_like(w), np.zeros_like(w)] for w in weights]

    def forward(x):
        hidden = np.maximum(x @ weights[0] + weights[1], 0)
        return hidden, hidden @ weights[2] + weights[3]

    step = 0
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(len(images)), len(images) // 64):
            step += 1
            x = images[rows]
            hidden, logits = forward(x)
            error = np.exp(logits - logits.max(axis=1, keepdims=True))
            error = (error / error.sum(axis=1, keepdims=True) - np.eye(11)[labels[rows]]) / len(rows)
            back = (error @ weights[2].T) * (hidden > 0)
            for w, (m, v), gradient in zip(weights, moments, [x.T @ back, back.sum(0), hidden.T @ error, error.sum(0)]):
                m += 0.1 * (gradient - m)
                v += 0.001 * (gradient**2 - v)
                w -= 2e-3 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return lambda x: forward(x)[1].argmax(axis=1)


@pytest.mark.gpu
@weight(2)
def test_samples_are_digits(student, rng):
    """Trained for real, the generator makes digits, and nearly all kinds of them."""
    with np.load(DATA) as digits:
        real, labels = digits["images"][..., None] / 8.0 - 1, digits["labels"].astype(int)
    latents = rng.normal(size=(1000, 12))
    samples = as_array(student.samples_after_training(real, latents, epochs=EPOCHS), what="samples")
    assert_shape(samples, (1000, 8, 8, 1), hint="The generator makes images.", what="samples")
    classify = trained_classifier(rng, real.reshape(-1, 64), labels)
    seen = np.bincount(classify(samples.reshape(-1, 64)), minlength=11) / 1000
    hint = "Look at losses and samples in your notebook: is the generator learning, and does it make more than one kind of digit?"
    # With the reference, over three seeds: 0.96 at least, 0.06 at least, and less than 0.35.
    assert_between(1 - seen[NO_DIGIT], 0.5, np.inf, hint=hint, what="share of samples that a classifier takes for digits")
    assert_between(np.sort(seen[:10])[2], 0.01, np.inf, hint=hint, what="share of the third rarest digit")
    assert_between(seen[:10].max(), -np.inf, 0.5, hint=hint, what="share of the commonest digit")
