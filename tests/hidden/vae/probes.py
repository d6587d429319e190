"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import contextlib
import functools
import pickle

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


_made = {}


def remembered(probe):
    """Answer a call as an earlier one with equal arguments was answered: several tests look at one run from different sides."""
    answers = {}

    @functools.wraps(probe)
    def ask(student, *args, **kwargs):
        key = pickle.dumps((args, kwargs))
        if key not in answers:
            answers[key] = probe(student, *args, **kwargs)
        return answers[key]

    return ask


def tensor(values):
    """What a Keras model would hand over: float32, whatever the wire brought."""
    return tf.constant(values, tf.float32)


def made(name, build, *arguments):
    """The model that a student's function builds from these arguments; `name` keeps one kind of model from another.

    Each is built once, since building takes longer than all that a test does with it, and starts every test with the same weights: the
    initial ones, shaken a little, for a layer that starts at zero is a right choice too. The seeds make the tests' order irrelevant.
    """
    key = name, arguments
    if key not in _made or _made[key][0] is not build:
        keras.utils.set_random_seed(0)
        model = build(*arguments)
        for weight in model.trainable_weights:
            weight.assign_add(keras.random.normal(weight.shape, stddev=0.05))
        _made[key] = build, model, [np.array(variable) for variable in model.variables]
    _, model, values = _made[key]
    for variable, value in zip(model.variables, values):
        variable.assign(value)
    keras.utils.set_random_seed(1)
    return model


# kl_divergence


def kl(student, z_mean, z_log_var):
    """The divergence as the student's function gives it, eagerly."""
    return student.kl_divergence(tensor(z_mean), tensor(z_log_var))


def kl_in_a_graph(student, z_mean, z_log_var):
    """Divergence and gradients inside a graph that does not know the batch's size."""
    unknown_batch = tf.TensorSpec([None, len(z_mean[0])])

    @tf.function(input_signature=[unknown_batch] * 2, autograph=False)
    def run(z_mean, z_log_var):
        with tf.GradientTape() as tape:
            tape.watch([z_mean, z_log_var])
            divergence = student.kl_divergence(z_mean, z_log_var)
        return divergence, *tape.gradient(divergence, [z_mean, z_log_var])

    divergence, to_mean, to_log_var = run(tensor(z_mean), tensor(z_log_var))
    return {"divergence": divergence, "to_mean": to_mean, "to_log_var": to_log_var}


# Sampling


@remembered
def draw(student, z_mean, z_log_var, count=1):
    """Two calls of one layer on `count` copies of each row: what came out of either."""
    inputs = [tensor(np.repeat(row, count, axis=0)) for row in (z_mean, z_log_var)]
    layer = student.Sampling()
    return [layer(tuple(inputs)), layer(inputs)]


def draw_gradients(student, z_mean, z_log_var):
    """A draw, and the gradient of each of its numbers with respect to the mean and log-variance in its place."""
    inputs = [tensor(z_mean), tensor(z_log_var)]
    layer = student.Sampling()
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        z = layer(inputs)
    to_mean, to_log_var = tape.gradient(z, inputs)
    return {"z": z, "to_mean": to_mean, "to_log_var": to_log_var}


def draw_in_a_model(student, z_mean, z_log_var, batch_sizes):
    """The layer in a functional model, run in one graph for batches of several sizes, cut from the rows given."""
    inputs = [keras.Input((len(z_mean[0]),)) for _ in range(2)]
    model = keras.Model(inputs, student.Sampling()(tuple(inputs)))
    unknown_batch = tf.TensorSpec([None, len(z_mean[0])])
    run = tf.function(lambda *pair: model(pair), input_signature=[unknown_batch] * 2, autograph=False)
    return [run(tensor(z_mean[:size]), tensor(z_log_var[:size])) for size in batch_sizes]


# build_encoder


class SamplingDouble(layers.Layer):
    """Stands in for Sampling and draws nothing: its output tells what the encoder gave it, and in which order."""

    def __init__(self, *args, name=None, **kwargs):  # a student's own Sampling may take anything
        super().__init__(name=name)

    def call(self, z_mean, z_log_var=None):
        if z_log_var is None:
            z_mean, z_log_var = z_mean
        return 3 * z_mean - 5 * z_log_var

    def compute_output_spec(self, z_mean, z_log_var=None):  # spares Keras a trial run
        return keras.KerasTensor((z_mean if z_log_var is not None else z_mean[0]).shape)


def build_encoder(student, image_shape, latent_dim):
    """The student's encoder, made while the double stands in for Sampling."""
    with student.replacing(Sampling=SamplingDouble):
        return made("encoder", student.build_encoder, tuple(image_shape), latent_dim)


def shapes_of(model):
    """The shapes a functional model was built with; no shapes for any other kind."""
    inputs, outputs = getattr(model, "inputs", None), getattr(model, "outputs", None)
    return {"inputs": [list(t.shape) for t in inputs or []], "outputs": [list(t.shape) for t in outputs or []]}


def encoder_shapes(student, image_shape, latent_dim):
    """The encoder's shapes as built, with None for the batch."""
    return shapes_of(build_encoder(student, image_shape, latent_dim))


@remembered
def encode(student, images, latent_dim, calls=1):
    """What the encoder returns for a batch of images, in so many calls, and for its second image alone."""
    images = tensor(images)
    encoder = build_encoder(student, images.shape[1:], latent_dim)
    return {"calls": [encoder(images) for _ in range(calls)], "alone": encoder(images[1:2])}


def encode_with_large_weights(student, images, latent_dim, factor):
    """The encoder's outputs after each trainable weight was multiplied by a factor."""
    images = tensor(images)
    encoder = build_encoder(student, images.shape[1:], latent_dim)
    for weight in encoder.trainable_weights:
        weight.assign(weight * factor)
    return encoder(images)


def encoder_draws(student, images, latent_dim, spread):
    """Outputs of an encoder whose weights were enlarged step by step until its log-variances spread so far."""
    images = tensor(images)
    encoder = build_encoder(student, images.shape[1:], latent_dim)
    for _ in range(20):
        outputs = encoder(images)
        if float(ops.std(outputs[1])) >= spread:
            break
        for weight in encoder.trainable_weights:
            weight.assign(weight * 1.3)
    return outputs


@remembered
def encoder_gradients(student, images, latent_dim, directions):
    """How a weighted sum of either head depends on each pixel, and the larger of its gradients for each trainable weight."""
    images = tensor(images)
    encoder = build_encoder(student, images.shape[1:], latent_dim)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(images)
        heads = [ops.sum(head * tensor(direction)) for head, direction in zip(encoder(images), directions)]
    gradients = [tape.gradient(head, [images, *encoder.trainable_weights]) for head in heads]
    return {"pixels": [connected(of_head[0], images) for of_head in gradients], "weights": np.maximum(*(largest(of_head[1:]) for of_head in gradients))}


def connected(gradient, source):
    """A gradient, or zeros where there is no way from the source to the result."""
    return ops.zeros_like(source) if gradient is None else gradient


def largest(gradients):
    """The largest magnitude in each gradient; 0 where there is none."""
    return [0.0 if gradient is None else float(ops.max(ops.abs(gradient))) for gradient in gradients]


# build_decoder


def build_decoder(student, latent_dim, image_shape):
    """The student's decoder."""
    return made("decoder", student.build_decoder, latent_dim, tuple(image_shape))


def decoder_shapes(student, latent_dim, image_shape):
    """The decoder's shapes as built, with None for the batch."""
    return shapes_of(build_decoder(student, latent_dim, image_shape))


@remembered
def decode(student, points, image_shape):
    """The images of a batch of points, and of its second point alone."""
    points = tensor(points)
    decoder = build_decoder(student, points.shape[1], image_shape)
    return {"images": decoder(points), "alone": decoder(points[1:2])}


def decode_with_large_weights(student, points, image_shape, factor):
    """Images after each trainable weight was multiplied by a factor, and after the last layer's were negated as well."""
    points = tensor(points)
    decoder = build_decoder(student, points.shape[1], image_shape)
    for weight in decoder.trainable_weights:
        weight.assign(weight * factor)
    images = decoder(points)
    for weight in decoder.trainable_weights[-2:]:
        weight.assign(-weight)
    return [images, decoder(points)]


def decoder_gradients(student, points, image_shape, direction):
    """How a weighted sum of the images depends on each number of the points and on each trainable weight (largest gradient)."""
    points = tensor(points)
    decoder = build_decoder(student, points.shape[1], image_shape)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(points)
        total = ops.sum(decoder(points) * tensor(direction))
    return {
        "points": connected(tape.gradient(total, points), points),
        "weights": largest(tape.gradient(total, decoder.trainable_weights)),
    }


# VAE.train_step: everything around it is replaced, so that its numbers can be foreseen


class OnlyInTraining(layers.Layer):
    """Adds a number in training, so that it shows whether `training=True` was passed on."""

    def __init__(self, number=0.0):
        super().__init__()
        self.number = number

    def call(self, inputs, training=False):
        return inputs + self.number if training else inputs

    def compute_output_spec(self, inputs, training=False):
        return keras.KerasTensor(inputs.shape)


class Shift(layers.Layer):
    """Makes z from the mean, in the small encoder and, where a step draws z by itself, in place of Sampling."""

    def __init__(self, by=0.0):
        super().__init__()
        self.by = by

    def call(self, z_mean, z_log_var=None):
        return (z_mean[0] if isinstance(z_mean, (list, tuple)) else z_mean) + self.by

    def compute_output_spec(self, z_mean, z_log_var=None):
        return keras.KerasTensor((z_mean[0] if isinstance(z_mean, (list, tuple)) else z_mean).shape)


def penalty(z_mean, z_log_var):
    """Stands in for kl_divergence: another function of the two, whose terms cannot be mistaken for one another."""
    return ops.sum(0.7 * ops.square(z_mean) + 0.02 * ops.square(z_log_var), axis=-1)


@functools.cache
def small_networks(shape, latent_dim):
    """An encoder and a decoder with one dense layer to each output, and the layers in them that can be set."""
    images, points = keras.Input(shape), keras.Input((latent_dim,))
    settings = {"encoder": OnlyInTraining(), "decoder": OnlyInTraining(), "z": Shift()}
    seen = settings["encoder"](layers.Flatten()(images))
    z_mean, z_log_var = layers.Dense(latent_dim)(seen), layers.Dense(latent_dim)(seen)
    encoder = keras.Model(images, [z_mean, z_log_var, settings["z"](z_mean)])
    pixels = layers.Dense(int(np.prod(shape)), activation="sigmoid")(settings["decoder"](points))
    return encoder, keras.Model(points, layers.Reshape(shape)(pixels)), settings


@contextlib.contextmanager
def doubles(student, inlined, shift=0.0):
    """The doubles around a step: the notebook's kl_divergence stays where the answer to compare with writes it out."""
    others = {} if inlined else {"kl_divergence": penalty}
    with student.replacing(Sampling=lambda *args, **kwargs: Shift(shift), **others):
        yield


def small_vae(student, weights, shape, learning_rate, shift=0.0, senses_training=False):
    """The student's VAE around the small networks, which start with the weights given; z is z_mean plus a shift."""
    encoder, decoder, settings = small_networks(shape, len(weights["decoder"][0]))
    encoder.set_weights([*weights["mean"], *weights["log_var"]])
    decoder.set_weights(weights["decoder"])
    settings["z"].by = shift
    settings["encoder"].number, settings["decoder"].number = (0.25, 0.4) if senses_training else (0.0, 0.0)
    vae = student.VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.SGD(learning_rate), jit_compile=False)
    return vae, encoder, decoder


@remembered
def train_steps(student, weights, batches, learning_rate=0.0, inlined=False, new_epochs_at=(), shift=0.0, **settings):
    """What `train_step` returns for each batch, and the weights after the last one.

    The double stands in for kl_divergence, unless `inlined`: then the notebook's own is used, and the reference
    answers for students who wrote the divergence out in their step.
    """
    vae, encoder, decoder = small_vae(student, weights, batches[0].shape[1:], learning_rate, shift, **settings)
    logs = []
    with doubles(student, inlined, shift):
        for i, batch in enumerate(batches):
            if i in new_epochs_at:
                vae.reset_metrics()  # what fit does when an epoch begins
            logs.append(vae.train_step(tensor(batch)))
    return {"logs": logs, "encoder": encoder.get_weights(), "decoder": decoder.get_weights()}


def fit(student, weights, images, batch_size, learning_rate):
    """The history of one epoch of `fit`, in graph mode, and the weights after it."""
    vae, encoder, decoder = small_vae(student, weights, images.shape[1:], learning_rate)
    data = tf.data.Dataset.from_tensor_slices(tensor(images)).batch(batch_size)
    with doubles(student, inlined=False):
        history = vae.fit(data, verbose=0).history
    return {"history": history, "encoder": encoder.get_weights(), "decoder": decoder.get_weights()}


class Noise(layers.Layer):
    """Adds noise of a fixed spread, in training and outside of it."""

    def call(self, inputs):
        return inputs + keras.random.normal(ops.shape(inputs), stddev=0.3)


def mild_penalty(z_mean, z_log_var):
    """Stands in for kl_divergence in a long training: keeps both near zero."""
    return 0.5 * ops.sum(ops.square(z_mean) + ops.square(z_log_var), axis=-1)


def train(student, images, held_out, latent_dim, epochs):
    """Held-out images as rebuilt after a real training of networks that are made here, and the history of that training."""
    shape = images.shape[1:]
    inputs, points = keras.Input(shape), keras.Input((latent_dim,))
    hidden = layers.Dense(64, activation="relu")(layers.Flatten()(inputs))
    z_mean, z_log_var = layers.Dense(latent_dim)(hidden), layers.Dense(latent_dim)(hidden)
    encoder = keras.Model(inputs, [z_mean, z_log_var, Noise()(z_mean)])
    pixels = layers.Dense(int(np.prod(shape)), activation="sigmoid")(layers.Dense(64, activation="relu")(points))
    decoder = keras.Model(points, layers.Reshape(shape)(pixels))
    vae = student.VAE(encoder, decoder)
    vae.compile(optimizer=keras.optimizers.Adam(3e-3), jit_compile=False)
    with student.replacing(kl_divergence=mild_penalty):
        history = vae.fit(tensor(images), batch_size=50, epochs=epochs, verbose=0).history
    return {"history": history, "rebuilt": decoder(encoder(tensor(held_out))[0])}


# generate


@functools.cache
def transparent_decoder(latent_dim, image_shape):
    """A decoder whose images are the points themselves, folded into an image, and moved away when it is told to train."""
    points = keras.Input((latent_dim,))
    return keras.Model(points, layers.Reshape(image_shape)(OnlyInTraining(0.5)(points)))


def generate(student, num_images, latent_dim, image_shape, seeds):
    """What `generate` returns for each of the seeds; other random numbers are drawn in between."""
    decoder = transparent_decoder(latent_dim, tuple(image_shape))
    images = []
    for seed in seeds:
        images.append(student.generate(decoder, num_images, latent_dim, seed))
        keras.random.normal((3,))
        np.random.normal(size=3)
    return images
