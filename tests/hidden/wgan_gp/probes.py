"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import contextlib

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def tensor(values):
    """What `fit` would hand over: float32, whatever the wire brought."""
    return tf.constant(np.asarray(values, "float32"))


def keep(kept, values):
    """Append a tensor's values to a list, eagerly and inside a graph."""
    tf.numpy_function(lambda array: kept.append(np.array(array)), [values], [])


# Doubles: networks about which everything is known. With `gain`, what they give in training is that many times as large.


class LinearCritic(keras.Model):
    """Scores an image by its product with `weights`, so that they are its gradient, everywhere."""

    def __init__(self, weights, gain=1.0):
        super().__init__()
        self.gain = gain
        self.direction = self.add_weight(shape=np.shape(weights), initializer="zeros")
        self.direction.assign(tensor(weights))

    def score(self, images):
        return ops.sum(images * self.direction, axis=(1, 2, 3))[:, None]

    def call(self, images, training=False):
        return self.score(images) * (self.gain if training else 1.0)


class CurvedCritic(keras.Model):
    """Scores an image by half the sum of `scales` times its squared pixels. Keeps each image that it scores."""

    def __init__(self, scales):
        super().__init__()
        self.scales, self.seen = tensor(scales), []

    def call(self, images, training=False):
        keep(self.seen, images)
        return ops.sum(ops.square(images) * self.scales, axis=(1, 2, 3))[:, None] / 2


class StillGenerator(keras.Model):
    """Makes one and the same image, its only weight, of every latent point. Keeps each latent point."""

    def __init__(self, image, gain=1.0):
        super().__init__()
        self.gain, self.seen = gain, []
        self.image = self.add_weight(shape=np.shape(image), initializer="zeros")
        self.image.assign(tensor(image))

    def call(self, latents, training=False):
        keep(self.seen, latents)
        return ops.ones((ops.shape(latents)[0], 1, 1, 1)) * self.image * (self.gain if training else 1.0)


# The two losses


def critic_loss(student, real, fake):
    """The loss of two batches of scores, and its gradient for each of them."""
    scores = [tensor(real), tensor(fake)]
    with tf.GradientTape() as tape:
        tape.watch(scores)
        loss = student.discriminator_loss(*scores)
    return {"loss": loss, **_gradients(tape, loss, scores, ["to_real", "to_fake"])}


def critic_loss_in_a_graph(student, real, fake):
    """The same inside a graph that does not know the batch's size."""
    unknown = tf.TensorSpec([None, 1])
    run = tf.function(lambda *scores: student.discriminator_loss(*scores), input_signature=[unknown] * 2, autograph=False)
    return run(tensor(real), tensor(fake))


def generators_loss(student, fake):
    """The loss of a batch of scores, and its gradient for them."""
    scores = tensor(fake)
    with tf.GradientTape() as tape:
        tape.watch(scores)
        loss = student.generator_loss(scores)
    return {"loss": loss, **_gradients(tape, loss, [scores], ["to_fake"])}


def generators_loss_in_a_graph(student, fake):
    """The same inside a graph that does not know the batch's size."""
    run = tf.function(lambda scores: student.generator_loss(scores), input_signature=[tf.TensorSpec([None, 1])], autograph=False)
    return run(tensor(fake))


def _gradients(tape, result, sources, names):
    """The gradients by name; None where there is none, and for all of them where the result is no tensor."""
    found = tape.gradient(result, sources) if tf.is_tensor(result) else [None] * len(sources)
    return dict(zip(names, found))


# gradient_penalty


def penalty_of_linear_critic(student, weights, real, fake, gain=1.0):
    """The penalty of a critic whose gradient is `weights` everywhere, and its own gradient for these weights."""
    critic = LinearCritic(weights, gain)
    wgan = student.WGAN(critic, StillGenerator(fake[0]), latent_dim=2, gp_weight=7.0)
    with tf.GradientTape() as tape:
        penalty = wgan.gradient_penalty(len(real), tensor(real), tensor(fake))
    return {"penalty": penalty, **_gradients(tape, penalty, [critic.direction], ["to_weights"])}


def penalty_of_curved_critic(student, scales, real, fake):
    """The penalty of a critic whose gradient at a point is `scales` times the point, and the points that it was shown."""
    critic = CurvedCritic(scales)
    wgan = student.WGAN(critic, StillGenerator(fake[0]), latent_dim=2, gp_weight=7.0)
    penalty = wgan.gradient_penalty(len(real), tensor(real), tensor(fake))
    return {"penalty": penalty, "points": np.concatenate(critic.seen)[-len(real) :]}


def penalties_in_a_graph(student, scales, real, fake, batch_sizes):
    """The same from one graph that does not know the batch's size, for batches of several sizes cut from the rows given."""
    critic = CurvedCritic(scales)
    wgan = student.WGAN(critic, StillGenerator(fake[0]), latent_dim=2, gp_weight=7.0)
    unknown = tf.TensorSpec([None, *np.shape(scales)])

    @tf.function(input_signature=[unknown] * 2, autograph=False)
    def run(real, fake):
        return wgan.gradient_penalty(tf.shape(real)[0], real, fake)

    found = []
    for size in batch_sizes:
        critic.seen.clear()
        penalty = run(tensor(real[:size]), tensor(fake[:size]))
        found.append({"penalty": penalty, "points": np.concatenate(critic.seen)[-size:]})
    return found


def gap_under_penalty(student, real, fake, signs, steps):
    """Train a critic for the scores of real and fake rows, times `signs`, under the student's penalty.

    Returns its mean score for the real rows and for the fake ones.
    """
    critic = keras.Sequential([keras.Input(np.shape(real)[1:]), layers.Flatten(), *_hidden(64, 64), layers.Dense(1)])
    wgan = student.WGAN(critic, StillGenerator(fake[0]), latent_dim=2)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps))
    optimizer.build(critic.trainable_weights)
    rows = tensor(real), tensor(fake)
    size = 64

    @tf.function(jit_compile=False, autograph=False)
    def step():
        batches = [tf.gather(row, tf.random.uniform([size], maxval=len(row), dtype=tf.int32)) for row in rows]
        with tf.GradientTape() as tape:
            scored = sum(sign * ops.mean(critic(batch, training=True)) for sign, batch in zip(signs, batches))
            total = scored + 10.0 * wgan.gradient_penalty(size, *batches)
        optimizer.apply(tape.gradient(total, critic.trainable_weights), critic.trainable_weights)

    for _ in range(steps):
        step()
    return [ops.mean(critic(row)) for row in rows]


def _hidden(*widths):
    return [layer for width in widths for layer in (layers.Dense(width), layers.LeakyReLU(0.2))]


# compile


def kept_by_compile(student, d_rates, g_rates, scores, by_name):
    """What the model has under each of the four names after one call of `compile` for each pair of learning rates.

    The optimizers show themselves by their learning rates, the losses by what they say of the scores.
    """
    wgan = student.WGAN(keras.Sequential(), keras.Sequential(), latent_dim=2)
    for number, (d_rate, g_rate) in enumerate(zip(d_rates, g_rates), 1):
        given = _compile_arguments(d_rate, g_rate, number)
        wgan.compile(**dict(reversed(given.items()))) if by_name else wgan.compile(*given.values())
    given["d_optimizer"].learning_rate = 2 * d_rate  # a copy does not follow
    real, fake = map(tensor, scores)
    return {
        "d_rate": wgan.d_optimizer.learning_rate,
        "g_rate": wgan.g_optimizer.learning_rate,
        "d_loss": wgan.d_loss_fn(real, fake),
        "g_loss": wgan.g_loss_fn(fake),
    }


def _compile_arguments(d_rate, g_rate, number=1):
    """Two optimizers, and two losses that are no GAN's."""
    return {
        "d_optimizer": keras.optimizers.SGD(d_rate),
        "g_optimizer": keras.optimizers.SGD(g_rate),
        "d_loss_fn": lambda real_scores, fake_scores: number * ops.sum(real_scores * fake_scores),
        "g_loss_fn": lambda fake_scores: number * ops.max(fake_scores),
    }


def fit_after_compile(student, weights, image, real, d_rate, g_rate):
    """One batch of `fit` with a train_step that moves each network by its optimizer, on a gradient of ones.

    Returns the networks' weights afterwards.
    """

    class Stepping(student.WGAN):
        def train_step(self, data):
            for optimizer, network in [(self.d_optimizer, self.discriminator), (self.g_optimizer, self.generator)]:
                optimizer.apply([ops.ones_like(w) for w in network.trainable_weights], network.trainable_weights)
            return {"moved": ops.ones(())}

    critic, generator = LinearCritic(weights), StillGenerator(image)
    wgan = Stepping(critic, generator, latent_dim=2)
    wgan.compile(*_compile_arguments(d_rate, g_rate).values())
    wgan.fit(tensor(real), batch_size=len(real), verbose=0)
    return {"critic": critic.direction, "generator": generator.image}


# train_step. The student's other answers are replaced by doubles: least-squares losses, and a penalty that pushes
# scores down.


def squares_loss(real_scores, fake_scores):
    return ops.mean(ops.square(real_scores - 2)) + ops.mean(ops.square(fake_scores + 1))


def squares_generator_loss(fake_scores):
    return ops.mean(ops.square(fake_scores - 3)) / 2


def other_loss(*scores):
    """For the notebook's own names: no answer should hang on them."""
    return sum(ops.mean(ops.square(batch)) for batch in scores)


def pushed_down(wgan, batch_size, real_images, fake_images):
    """A penalty on which both kinds of image and the batch's size tell."""
    total = ops.sum(wgan.discriminator.score(real_images)) + ops.sum(wgan.discriminator.score(fake_images))
    return total / (2 * ops.cast(batch_size, "float32"))


def prepared(student, critic, generator, *, latent_dim=2, d_steps=1, gp_weight=0.0, optimizers, losses=(squares_loss, squares_generator_loss), penalty=pushed_down):
    """A WGAN with doubles in place of the penalty and of what `compile` keeps.

    The student's `compile` runs first: it may make what their step needs, such as metrics. If it is wrong, that costs
    nothing here.
    """

    class Prepared(student.WGAN):
        def gradient_penalty(self, batch_size, real_images, fake_images):
            return penalty(self, batch_size, real_images, fake_images)

    wgan = Prepared(critic, generator, latent_dim=latent_dim, discriminator_extra_steps=d_steps, gp_weight=gp_weight)
    with contextlib.suppress(Exception):
        wgan.compile(*optimizers, *losses)
    keras.Model.compile(wgan, optimizer=None, jit_compile=False)
    wgan.d_optimizer, wgan.g_optimizer = optimizers
    wgan.d_loss_fn, wgan.g_loss_fn = losses
    return wgan


def descent(d_rate, g_rate):
    """Optimizers whose steps are the gradient times a rate."""
    return keras.optimizers.SGD(d_rate), keras.optimizers.SGD(g_rate)


def one_step(student, weights, image, real, rates, gain=1.0, by_own_name=(squares_loss, squares_generator_loss), **settings):
    """One call of train_step, eagerly: the networks' weights and the optimizers' steps afterwards, the logs and the latents."""
    critic, generator = LinearCritic(weights, gain), StillGenerator(image, gain)
    wgan = prepared(student, critic, generator, optimizers=descent(*rates), **settings)
    with student.replacing(discriminator_loss=by_own_name[0], generator_loss=by_own_name[1]):
        logs = wgan.train_step(tensor(real))
    return {
        "critic": critic.direction,
        "generator": generator.image,
        "d_steps": int(wgan.d_optimizer.iterations),
        "g_steps": int(wgan.g_optimizer.iterations),
        "logs": logs,
        "latents": np.concatenate(generator.seen),
    }


def one_step_beside_other_losses(student, *args, **settings):
    """The same, while the losses under the notebook's own names are others than those given to `compile`."""
    return one_step(student, *args, by_own_name=(other_loss, other_loss), **settings)


def fit_in_a_graph(student, weights, image, real, rates, batch_size, **settings):
    """One epoch of `fit`, in graph mode and in order: the networks' weights afterwards, the history's entries and the latents."""
    critic, generator = LinearCritic(weights), StillGenerator(image)
    wgan = prepared(student, critic, generator, optimizers=descent(*rates), **settings)
    with student.replacing(discriminator_loss=squares_loss, generator_loss=squares_generator_loss):
        history = wgan.fit(tensor(real), batch_size=batch_size, shuffle=False, verbose=0).history
    latents = np.concatenate(generator.seen)
    return {"critic": critic.direction, "generator": generator.image, "logs": history, "latents": latents}


def samples_after_training(student, real, latents, signs, epochs):
    """Train a small generator against a critic by the student's train_step; returns what it makes of `latents`.

    The losses are mean scores times `signs`. Limits on its weights keep the critic from growing steep, so that a double can
    stand in for the student's penalty.
    """
    shape, latent_dim = np.shape(real)[1:], len(latents[0])
    limited = [layers.Dense(width, kernel_constraint=keras.constraints.MaxNorm(0.5)) for width in (64, 64, 1)]
    critic = keras.Sequential([keras.Input(shape), layers.Flatten(), limited[0], layers.LeakyReLU(0.2), limited[1], layers.LeakyReLU(0.2), limited[2]])
    generator = keras.Sequential([keras.Input((latent_dim,)), *_hidden(64, 64), layers.Dense(int(np.prod(shape)), "tanh"), layers.Reshape(shape)])

    def critics(real_scores, fake_scores):
        return signs[0] * ops.mean(real_scores) + signs[1] * ops.mean(fake_scores)

    def generators(fake_scores):
        return signs[2] * ops.mean(fake_scores)

    def small_scores(wgan, batch_size, real_images, fake_images):
        return ops.mean(ops.square(wgan.discriminator(real_images, training=True)))

    settings = {"latent_dim": latent_dim, "d_steps": 3, "gp_weight": 1e-3, "losses": (critics, generators), "penalty": small_scores}
    optimizers = [keras.optimizers.Adam(1e-3, beta_1=0.5, beta_2=0.9) for _ in range(2)]
    wgan = prepared(student, critic, generator, optimizers=optimizers, **settings)
    with student.replacing(discriminator_loss=critics, generator_loss=generators):
        wgan.fit(tensor(real), batch_size=64, epochs=epochs, verbose=0)
    return generator(tensor(latents))
