"""With a linear critic and a generator of one image, a training step is exact: it is carried out here in NumPy.

The probes put doubles in place of the student's other answers. Where an answer carries out their mathematics by
itself, the formulas are the true ones; both results are right, except where a test asks for what `compile` was given.
"""

import numpy as np
import pytest

from gradetape.suite import (
    as_array,
    assert_between,
    assert_close,
    assert_close_any,
    assert_equal,
    assert_shape,
    get,
    question,
    visible,
    weight,
)

pytestmark = question("train_step")

SHAPE = (2, 5, 3)


def setting(rng, size=4):
    """A linear critic's weights, a generator's image and a batch of real images."""
    weights, image = 0.25 * rng.normal(size=SHAPE), 0.5 * rng.normal(size=SHAPE)
    return {"weights": weights, "image": image, "real": rng.normal(0.2, 0.5, size=(size, *SHAPE))}


def simulate(weights, image, batches, rates, d_steps=1, gp_weight=0.0, gain=1.0, losses="double", penalty="double"):
    """What training on the batches does: weights, image, and the losses of each step.

    `losses`, `penalty`: "double", as in the probes, or "true". `gain`: by how much both networks give more in training.
    """
    w, g = weights.ravel().copy(), image.ravel().copy()
    d_losses, g_losses = [], []
    for batch in batches:
        real = batch.reshape(len(batch), -1)
        for _ in range(d_steps):
            loss, gradient = _critics(w, real, gain * g, gain, losses)
            extra, extra_gradient = _penalty(w, real, gain * g, gain, penalty)
            d_losses.append(loss + gp_weight * extra)
            w -= rates[0] * (gradient + gp_weight * extra_gradient)
        score = gain**2 * (g @ w)
        g_losses.append((score - 3) ** 2 / 2 if losses == "double" else -score)
        g -= rates[1] * gain**2 * w * (score - 3 if losses == "double" else -1)
    return {"critic": w.reshape(SHAPE), "generator": g.reshape(SHAPE), "d_losses": d_losses, "g_losses": g_losses}


def _critics(w, real, fake, gain, losses):
    """The critic's loss without penalty, and its gradient for the weights."""
    real_scores, fake_score = gain * real @ w, gain * fake @ w
    if losses == "true":
        return fake_score - real_scores.mean(), gain * (fake - real.mean(axis=0))
    loss = np.square(real_scores - 2).mean() + (fake_score + 1) ** 2
    return loss, gain * (2 * ((real_scores - 2)[:, None] * real).mean(axis=0) + 2 * (fake_score + 1) * fake)


def _penalty(w, real, fake, gain, penalty):
    """The penalty, and its gradient for the weights."""
    if penalty == "true":
        norm = np.linalg.norm(w)
        return (gain * norm - 1) ** 2, 2 * (gain * norm - 1) * gain * w / norm
    middle = (real.mean(axis=0) + fake) / 2
    return middle @ w, middle


def simulations(setup, batches=None, given_losses=False, **settings):
    """What right answers come to: by the doubles, and where their mathematics is carried out in place."""
    batches = [setup["real"]] if batches is None else batches
    kinds = [(losses, penalty) for losses in ("double", "true") for penalty in ("double", "true")]
    kinds = kinds[:2] if given_losses else kinds
    return [simulate(setup["weights"], setup["image"], batches, losses=losses, penalty=penalty, **settings) for losses, penalty in kinds]


def assert_networks(got, expected, hint):
    """Both networks' weights are those of one of the simulations."""
    moved = np.concatenate([as_array(get(got, name), what=name).ravel() for name in ("critic", "generator")])
    wanted = [np.concatenate([one[name].ravel() for name in ("critic", "generator")]) for one in expected]
    assert_close_any(moved, wanted, hint=hint, what="weights of critic and generator")


@visible
def test_counts_steps(student, rng):
    """The critic's optimizer takes as many steps as asked for, the generator's takes one."""
    got = student.one_step(**setting(rng), rates=[0.01, 0.01], d_steps=4)
    hint = "discriminator_extra_steps says how often the critic moves in one call of train_step; the generator moves once."
    assert_equal([got["d_steps"], got["g_steps"]], [4, 1], hint=hint, what="steps of critic and generator")


def test_critic_descends_its_loss(student, rng):
    """One step of the critic, with gp_weight 0, goes down the gradient of its loss."""
    setup = setting(rng)
    got = student.one_step(**setup, rates=[0.1, 0.0])
    hint = "Score both kinds of image inside the tape, pass real scores first, and step along the gradient for the critic's weights."
    assert_networks(got, simulations(setup, rates=[0.1, 0.0]), hint)


def test_penalty_is_weighted(student, rng):
    """The critic's step takes in gp_weight times the penalty."""
    setup = setting(rng)
    settings = {"rates": [0.05, 0.0], "gp_weight": 3.0}
    got = student.one_step(**setup, **settings)
    hint = "The critic's loss has a second term, inside the tape: the penalty of this batch, multiplied by self.gp_weight."
    assert_networks(got, simulations(setup, **settings), hint)


def test_generator_descends_its_loss(student, rng):
    """The generator's step goes down the gradient of its own loss, without the penalty."""
    setup = setting(rng)
    got = student.one_step(**setup, rates=[0.0, 0.1], gp_weight=3.0)
    hint = "Generate and score inside the tape; the generator's loss is g_loss_fn of these scores and nothing else."
    assert_networks(got, simulations(setup, rates=[0.0, 0.1], gp_weight=3.0), hint)


def test_critic_first(student, rng):
    """Three steps of the critic, one after another, and then one of the generator against the critic that has learned."""
    setup = setting(rng)
    settings = {"rates": [0.05, 0.2], "d_steps": 3, "gp_weight": 0.6}
    got = student.one_step(**setup, **settings)
    hint = "All the critic's steps come first, each from where the last one ended; the generator's step follows once, after the loop."
    assert_networks(got, simulations(setup, **settings), hint)


def test_own_network_only(student, rng):
    """A network whose optimizer has a learning rate of 0 does not move at all."""
    setup = setting(rng)
    critic = student.one_step(**setup, rates=[0.0, 0.1], gp_weight=0.5)["critic"]
    generator = student.one_step(**setup, rates=[0.1, 0.0], gp_weight=0.5)["generator"]
    hint = "Each optimizer gets the weights of its own network and no others."
    assert_close(critic, setup["weights"], rtol=0, atol=1e-7, hint=hint, what="critic at rest")
    assert_close(generator, setup["image"], rtol=0, atol=1e-7, hint=hint, what="generator at rest")


def test_fresh_latents(student, rng):
    """Each step draws its own latent points from a standard normal distribution."""
    got = student.one_step(**setting(rng, size=100), rates=[1e-3, 1e-3], d_steps=2, latent_dim=10)
    latents = as_array(got["latents"], what="latent points")
    assert_equal(latents.shape[1:], (10,), hint="Latent points have shape (batch_size, latent_dim).", what="shape of one latent point")
    hint = "Draw latent points anew for each step of the critic, and again for the generator's."
    assert_between(len(np.unique(latents, axis=0)), 300, np.inf, hint=hint, what="different latent points in three steps of 100")
    numbers = np.unique(latents)
    # float32 draws coincide now and then, by chance.
    assert_between(len(numbers), 2900, np.inf, hint="Every dimension of every latent point has a number of its own.", what="different numbers")
    # The mean and variance of 3,000 standard normal numbers are further than 0.1 and 0.14 (5.4 standard errors) from 0
    # and 1 with a probability below 1e-7 each.
    hint = "Latent points are normal, with mean 0 and variance 1 in each dimension."
    assert_between(latents.mean(), -0.1, 0.1, hint=hint, what="mean of the latent points")
    assert_between(latents.var(), 0.86, 1.14, hint=hint, what="variance of the latent points")


def test_losses_given_to_compile(student, rng):
    """The losses are those that compile was given, not those that the notebook happens to define."""
    setup = setting(rng)
    got = student.one_step_beside_other_losses(**setup, rates=[0.1, 0.1], gp_weight=0.4)
    hint = "Use self.d_loss_fn and self.g_loss_fn."
    assert_networks(got, simulations(setup, rates=[0.1, 0.1], gp_weight=0.4, given_losses=True), hint)


def test_training_mode(student, rng):
    """Both networks run with training=True, in both kinds of step."""
    setup = setting(rng)
    settings = {"rates": [0.02, 0.02], "gp_weight": 0.3, "gain": 1.5}
    got = student.one_step(**setup, **settings)
    assert_networks(got, simulations(setup, **settings), "Every call of either network says training=True.")


def test_logs(student, rng):
    """The logs have d_loss, with the weighted penalty, and g_loss, without it."""
    setup = setting(rng)
    settings = {"rates": [0.05, 0.1], "d_steps": 3, "gp_weight": 0.8}
    logs = student.one_step(**setup, **settings)["logs"]
    expected = simulations(setup, **settings)
    last = [one["d_losses"][-1] for one in expected]
    means = [np.mean(one["d_losses"]) for one in expected]  # a metric that was updated in each step
    hint = "d_loss is what the critic's last step minimised, its penalty included."
    assert_close_any(get(logs, "d_loss", hint="train_step returns a dict with d_loss and g_loss."), last + means, hint=hint, what="d_loss")
    hint = "g_loss is what the generator's step minimised."
    assert_close_any(get(logs, "g_loss", hint=hint), [one["g_losses"][-1] for one in expected], hint=hint, what="g_loss")


@weight(2)
def test_fit_with_a_short_last_batch(student, rng):
    """An epoch of fit, in graph mode, over 4 and then 3 images does what two training steps do, and logs both losses."""
    setup = setting(rng, size=7)
    settings = {"rates": [0.03, 0.1], "gp_weight": 0.5}
    got = student.fit_in_a_graph(**setup, **settings, batch_size=4)
    hint = "In graph mode the batch's size is known only when the step runs: ask for the shape of real_images with ops.shape."
    assert_networks(got, simulations(setup, [setup["real"][:4], setup["real"][4:]], **settings), hint)
    latents = as_array(got["latents"], what="latent points")
    hint = "In graph mode too, latent points are drawn anew in each step: by keras.random or tf.random."
    assert_between(len(np.unique(latents, axis=0)), 14, np.inf, hint=hint, what="different latent points in two steps each of 4 and 3")
    for name in ("d_loss", "g_loss"):
        value = get(got["logs"], name, hint="train_step returns a dict with d_loss and g_loss.", what="history")
        assert_between(value, -1e6, 1e6, hint="The losses are finite numbers.", what=f"{name} in the history")


@pytest.mark.gpu
@weight(2)
def test_samples_look_like_the_data(student, rng):
    """Trained for real on strokes, the generator's samples have the data's mean, spread and correlations, pixel by pixel."""
    real = strokes(rng, 1024)
    latents = rng.normal(size=(1000, 6))
    samples = as_array(student.samples_after_training(real, latents, signs=[-1.0, 1.0, -1.0], epochs=30), what="samples")
    assert_shape(samples, (1000, *real.shape[1:]), hint="The generator makes images.", what="samples")
    hint = "Look at losses and samples in your notebook: critic and generator should hold each other in balance."
    # With the reference, over fifteen seeds: 0.07, 0.06 and 0.74 at most. An untrained generator: 0.5, 0.5 and 0.98 at least.
    assert_between(np.abs(samples.mean(axis=0) - real.mean(axis=0)).mean(), 0, 0.2, hint=hint, what="difference of the mean images")
    assert_between(np.abs(samples.std(axis=0) - real.std(axis=0)).mean(), 0, 0.2, hint=hint, what="difference of the pixels' spreads")
    covariances = [np.cov(batch.reshape(len(batch), -1).T) for batch in (samples, real)]
    difference = np.linalg.norm(covariances[0] - covariances[1]) / np.linalg.norm(covariances[1])
    assert_between(difference, 0, 0.9, hint=hint, what="relative difference of the pixels' covariances")


def strokes(rng, count):
    """Images `(count, 5, 6, 1)` of one horizontal or vertical line of ink 1 on paper -1, a little blurred by noise."""
    images = np.full((count, 5, 6, 1), -0.9)
    for image in images:
        if rng.random() < 0.5:
            image[rng.integers(5)] = 0.9
        else:
            image[:, rng.integers(6)] = 0.9
    return images + 0.05 * rng.normal(size=images.shape)
