"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import contextlib

import keras
import numpy as np
import tensorflow as tf
from doubles import remembered
from keras import layers, ops

_made = {}


def tensor(values):
    """What `fit` would hand over: float32, whatever the wire brought."""
    return tf.constant(np.asarray(values, "float32"))


def keep(kept, *tensors):
    """Append the values of tensors to a list, eagerly and inside a graph."""
    tf.numpy_function(lambda *arrays: kept.append([np.array(array) for array in arrays]), tensors, [])


# The two networks


def made(build, *arguments):
    """The network that a student's function builds from these arguments.

    Each is built once, since building takes longer than all that a test does with it, and starts every test with the same
    weights: the initial ones, shaken a little, for a layer that starts at zero is a right choice too.
    """
    key = build, arguments
    if key not in _made:
        keras.utils.set_random_seed(0)
        network = build(*arguments)
        for weight in network.trainable_weights:
            weight.assign_add(keras.random.normal(weight.shape, stddev=0.05))
        _made[key] = network, [np.array(variable) for variable in network.variables]
    network, values = _made[key]
    for variable, value in zip(network.variables, values):
        variable.assign(value)
    return network


def discriminator(student, image_shape):
    return made(student.build_discriminator, tuple(image_shape))


def generator(student, latent_dim, image_shape):
    return made(student.build_generator, latent_dim, tuple(image_shape))


def operations_of(network):
    """Layers and other operations of a network, and those of networks inside it."""
    for operation in getattr(network, "operations", None) or getattr(network, "layers", []):
        yield operation
        yield from operations_of(operation)


def plan_of(network):
    """The shapes a network was built with, those of its maps, and how many of its weights are kernels of convolutions."""
    maps = []
    for operation in operations_of(network):
        with contextlib.suppress(AttributeError, ValueError):
            if len(operation.output.shape) == 4 and None not in operation.output.shape[1:]:
                maps.append(list(operation.output.shape[1:3]))
    return {
        "inputs": [list(each.shape) for each in getattr(network, "inputs", None) or []],
        "outputs": [list(each.shape) for each in getattr(network, "outputs", None) or []],
        "maps": maps,
        "kernels": sum(len(weight.shape) == 4 for weight in network.trainable_weights),
    }


def discriminator_plan(student, image_shape):
    return plan_of(discriminator(student, image_shape))


def generator_plan(student, latent_dim, image_shape):
    return plan_of(generator(student, latent_dim, image_shape))


def outputs_of(network, inputs):
    """The outputs for a batch, and for its second example alone."""
    return {"together": network(inputs, training=False), "alone": network(inputs[1:2], training=False)}


@remembered
def judge(student, images):
    return outputs_of(discriminator(student, np.shape(images)[1:]), tensor(images))


@remembered
def generate(student, latents, image_shape):
    return outputs_of(generator(student, len(latents[0]), image_shape), tensor(latents))


def with_last_weight_shifted(network, inputs, shifts):
    """Outputs for each of several numbers added to the last trainable weight: a bias, or a kernel, which gets its share of them."""
    last = network.trainable_weights[-1]
    start, share = np.array(last), 1 / np.prod(last.shape[:-1])
    outputs = []
    for shift in shifts:
        last.assign(start + share * shift)
        outputs.append(network(inputs, training=False))
    return outputs


def judge_with_last_weight_shifted(student, images, shifts):
    return with_last_weight_shifted(discriminator(student, np.shape(images)[1:]), tensor(images), shifts)


@remembered
def generate_with_last_weight_shifted(student, latents, image_shape, shifts):
    return with_last_weight_shifted(generator(student, len(latents[0]), image_shape), tensor(latents), shifts)


def influences(network, inputs, direction):
    """The gradient of a weighted sum of outputs: for each input, and its largest element for each trainable weight."""
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        total = ops.sum(network(inputs, training=False) * tensor(direction))
    to_inputs, *to_weights = tape.gradient(total, [inputs, *network.trainable_weights], unconnected_gradients="zero")
    return {"inputs": to_inputs, "weights": [float(ops.max(ops.abs(each))) for each in to_weights]}


def discriminator_influences(student, images, direction):
    return influences(discriminator(student, np.shape(images)[1:]), tensor(images), direction)


def generator_influences(student, latents, image_shape, direction):
    return influences(generator(student, len(latents[0]), image_shape), tensor(latents), direction)


# Doubles: networks about which everything is known, and a loss that is no cross-entropy.


class LinearDiscriminator(keras.Model):
    """Its logit is the product of an image with `weights`, and a bias that starts at 0."""

    def __init__(self, weights):
        super().__init__()
        self.direction = self.add_weight(shape=np.shape(weights), initializer="zeros")
        self.direction.assign(tensor(weights))
        self.bias = self.add_weight(shape=(), initializer="zeros")

    def call(self, images, training=False):
        return ops.sum(images * self.direction, axis=(1, 2, 3))[:, None] + self.bias


class StillGenerator(keras.Model):
    """Makes one and the same `image` of every latent point, all its pixels shifted by a shade that starts at 0. Keeps each latent point."""

    def __init__(self, image):
        super().__init__()
        self.seen = []
        self.image = self.add_weight(shape=np.shape(image), initializer="zeros")
        self.image.assign(tensor(image))
        self.shade = self.add_weight(shape=(), initializer="zeros")

    def call(self, latents, training=False):
        keep(self.seen, latents)
        return ops.ones((ops.shape(latents)[0], 1, 1, 1)) * (self.image + self.shade)


class SquaresLoss:
    """The mean square of how far each logit is from 3 · label - 1. Keeps the labels and logits; refuses unequal numbers of them."""

    def __init__(self):
        self.seen = []

    def __call__(self, labels, logits):
        labels, logits = (ops.reshape(ops.cast(each, "float32"), (-1,)) for each in (labels, logits))
        keep(self.seen, labels, logits)
        tf.debugging.assert_equal(tf.shape(labels), tf.shape(logits), "there should be one label for each logit")
        return ops.mean(ops.square(logits - (3 * labels - 1)))


# compile


def kept_by_compile(student, d_rates, g_rates, labels, logits, by_name):
    """What the model has under each name after one call of `compile` for each pair of learning rates.

    The optimizers show themselves by their learning rates, the loss by what it says of labels and logits.
    """
    gan = student.GAN(keras.Sequential(), keras.Sequential(), latent_dim=2)
    for number, (d_rate, g_rate) in enumerate(zip(d_rates, g_rates), 1):
        given = _compile_arguments(d_rate, g_rate, number)
        gan.compile(**dict(reversed(given.items()))) if by_name else gan.compile(*given.values())
    for name, rate in [("d_optimizer", d_rate), ("g_optimizer", g_rate)]:
        given[name].learning_rate = 2 * rate  # a copy does not follow
    return {"d_rate": gan.d_optimizer.learning_rate, "g_rate": gan.g_optimizer.learning_rate, "loss": gan.loss_fn(tensor(labels), tensor(logits))}


def _compile_arguments(d_rate, g_rate, number=1):
    """Two optimizers, and a loss that is no GAN's."""
    return {
        "d_optimizer": keras.optimizers.SGD(d_rate),
        "g_optimizer": keras.optimizers.SGD(g_rate),
        "loss_fn": lambda labels, logits: number * ops.sum(labels * (logits + 1)),
    }


def metrics_after_compile(student, d_losses, g_losses):
    """The two metrics: their names, what they say after these losses, and again after the model's metrics were set back."""
    gan = student.GAN(keras.Sequential(), keras.Sequential(), latent_dim=2)
    gan.compile(*_compile_arguments(0.1, 0.2).values())
    both = [gan.d_loss_metric, gan.g_loss_metric]
    for metric, losses in zip(both, [d_losses, g_losses]):
        for loss in losses:
            metric.update_state(loss)
    results = [float(metric.result()) for metric in both]
    listed = [metric.name for metric in gan.metrics]
    gan.reset_metrics()
    return {"names": [metric.name for metric in both], "listed": listed, "results": results, "set back": [float(metric.result()) for metric in both]}


def fit_after_compile(student, weights, image, batches, d_rate, g_rate, epochs):
    """Epochs of `fit` with a train_step that moves each network by its optimizer, on a gradient of ones, and reports the
    metrics: of the batch's mean times the number of steps taken, and of its square.

    Returns the networks' weights afterwards, and the history.
    """

    class Stepping(student.GAN):
        def train_step(self, data):
            for optimizer, network in [(self.d_optimizer, self.discriminator), (self.g_optimizer, self.generator)]:
                optimizer.apply([ops.ones_like(w) for w in network.trainable_weights], network.trainable_weights)
            both = {"d_loss": self.d_loss_metric, "g_loss": self.g_loss_metric}
            so_many = ops.cast(self.d_optimizer.iterations, "float32")
            for power, metric in enumerate(both.values(), 1):
                metric.update_state((so_many * ops.mean(data)) ** power)
            return {name: metric.result() for name, metric in both.items()}

    judge, maker = LinearDiscriminator(weights), StillGenerator(image)
    gan = Stepping(judge, maker, latent_dim=2)
    gan.compile(*_compile_arguments(d_rate, g_rate).values())
    data = tensor(np.concatenate(batches))
    history = gan.fit(data, batch_size=len(batches[0]), shuffle=False, epochs=epochs, verbose=0).history
    return {"discriminator": judge.direction, "generator": maker.image, "history": history}


# train_step


def prepared(student, judge, maker, latent_dim, optimizers, loss):
    """A GAN with doubles in place of what `compile` keeps.

    The student's `compile` runs first: it may make what their step needs, such as other metrics. If it is wrong, that costs
    nothing here.
    """

    class Prepared(student.GAN):
        @property
        def metrics(self):
            listed = list(keras.Model.metrics.fget(self))
            with contextlib.suppress(Exception):
                listed += super().metrics
            return list({id(metric): metric for metric in listed}.values())

    gan = Prepared(judge, maker, latent_dim=latent_dim)
    with contextlib.suppress(Exception):
        gan.compile(*optimizers, loss)
    keras.Model.compile(gan, optimizer=None, jit_compile=False)
    gan.d_optimizer, gan.g_optimizer = optimizers
    gan.loss_fn = loss
    gan.d_loss_metric, gan.g_loss_metric = keras.metrics.Mean(name="d_loss"), keras.metrics.Mean(name="g_loss")
    return gan


def around(student, weights, image, rates, latent_dim=2):
    """The two networks, the loss, and a GAN around them, whose steps are the gradient times a rate."""
    judge, maker, loss = LinearDiscriminator(weights), StillGenerator(image), SquaresLoss()
    optimizers = [keras.optimizers.SGD(rate) for rate in rates]
    return judge, maker, loss, prepared(student, judge, maker, latent_dim, optimizers, loss)


@remembered
def steps(student, weights, image, batches, rates, latent_dim=2, new_epochs_at=()):
    """Calls of train_step, eagerly: what each returned, and networks, optimizers' steps, latents and labels after the last."""
    judge, maker, loss, gan = around(student, weights, image, rates, latent_dim)
    logs = []
    for i, batch in enumerate(batches):
        if i in new_epochs_at:
            gan.reset_metrics()  # what fit does when an epoch begins
        logs.append(gan.train_step(tensor(batch)))
    return {
        "discriminator": judge.get_weights(),
        "generator": maker.get_weights(),
        "optimizer steps": [int(optimizer.iterations) for optimizer in (gan.d_optimizer, gan.g_optimizer)],
        "logs": logs,
        "latents": [each for each, in maker.seen],
        "labels": [labels for labels, _ in loss.seen],
    }


def fit_in_a_graph(student, weights, image, real, rates, batch_size, epochs):
    """Epochs of `fit`, in graph mode and in order: networks, history, latents and labels afterwards."""
    judge, maker, loss, gan = around(student, weights, image, rates)
    history = gan.fit(tensor(real), batch_size=batch_size, shuffle=False, epochs=epochs, verbose=0).history
    return {
        "discriminator": judge.get_weights(),
        "generator": maker.get_weights(),
        "history": history,
        "latents": [each for each, in maker.seen],
        "labels": [labels for labels, _ in loss.seen],
    }


def samples_after_training(student, real, latents, epochs):
    """Train two small networks by the student's train_step; returns what the generator makes of `latents`."""
    shape, latent_dim = np.shape(real)[1:], len(latents[0])
    judge = keras.Sequential([keras.Input(shape), layers.Flatten(), *_hidden(128, 64), layers.Dropout(0.3), layers.Dense(1)])
    size = int(np.prod(shape))
    maker = keras.Sequential([keras.Input((latent_dim,)), *_hidden(128, 128), layers.Dense(size, "tanh"), layers.Reshape(shape)])
    optimizers = [keras.optimizers.Adam(1e-3, beta_1=0.5) for _ in range(2)]
    gan = prepared(student, judge, maker, latent_dim, optimizers, keras.losses.BinaryCrossentropy(from_logits=True))
    gan.fit(tensor(real), batch_size=64, epochs=epochs, verbose=0)
    return maker(tensor(latents))


def _hidden(*widths):
    return [layer for width in widths for layer in (layers.Dense(width), layers.LeakyReLU(0.2))]
