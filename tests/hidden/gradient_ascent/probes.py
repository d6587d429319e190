"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import functools

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def tensor(values):
    """What a Keras model would hand over: float32, whatever the wire brought."""
    return tf.constant(values, tf.float32)


# feature_extractor


@functools.cache
def forked_network(channels):
    """A small network for images of any size whose layers form no chain: two branches that join."""
    images = keras.Input((None, None, channels))
    trunk = layers.Conv2D(4, 3, padding="same", activation="relu", name="conv_1")(images)
    left = layers.Conv2D(5, 1, activation="tanh", name="conv_10")(trunk)
    right = layers.Conv2D(5, 3, padding="same", name="conv_2")(trunk)
    joined = layers.Add(name="join")([left, right])
    return keras.Model(images, layers.Dense(6, name="scores")(layers.GlobalAveragePooling2D(name="pool")(joined)))


def network_with(weights, channels):
    """The forked network with these weights, all of its layers trainable again."""
    network = forked_network(channels)
    for part in [network, *network.layers]:  # Keras does nothing where a flag has its value already: so the network's and each layer's own
        part.trainable = True
    for name, values in weights.items():
        network.get_layer(name).set_weights(values)
    return network


def extract(student, weights, layer_names, batches):
    """For each of the layers, what one extractor returns for each batch of images."""
    network = network_with(weights, batches[0].shape[-1])
    extractors = [student.feature_extractor(network, name) for name in layer_names]
    return [[extractor(tensor(images)) for images in batches] for extractor in extractors]


def change_weights(student, weights, later, layer_name, images, factor):
    """Activations before and after the network's weights were set anew, then scores after the extractor's were multiplied."""
    network = network_with(weights, images.shape[-1])
    extractor = student.feature_extractor(network, layer_name)
    before = extractor(tensor(images))
    network_with(later, images.shape[-1])
    after = extractor(tensor(images))
    for weight in extractor.weights:
        weight.assign(weight * factor)
    return {"before": before, "after": after, "scores": network(tensor(images))}


def made_from_a_network(student, weights, layer_name, images):
    """What kind of thing the extractor is, its gradient for the images, and the network's scores and state afterwards."""
    network = network_with(weights, images.shape[-1])
    extractor = student.feature_extractor(network, layer_name)
    images = tensor(images)
    with tf.GradientTape() as tape:
        tape.watch(images)
        total = ops.sum(extractor(images))
    gradient = tape.gradient(total, images)
    return {
        "is_a_model": isinstance(extractor, keras.Model),
        "gradient": ops.zeros_like(images) if gradient is None else gradient,
        "scores": network(images),
        "trainable": len(network.trainable_weights),
    }


# compute_loss


@functools.cache
def small_extractor(channels, filters):
    """A convolution, a batch normalization and a tanh, for images of any size."""
    images = keras.Input((None, None, channels))
    x = layers.BatchNormalization(name="norm")(layers.Conv2D(filters, 3, padding="same", name="conv")(images))
    return keras.Model(images, layers.Activation("tanh")(x))


def extractor_with(weights):
    """The small extractor with these weights."""
    extractor = small_extractor(*weights["conv"][0].shape[-2:])
    for name, values in weights.items():
        extractor.get_layer(name).set_weights(values)
    return extractor


def losses(student, weights, image, filters):
    """The loss of an image for each of the filters."""
    extractor = extractor_with(weights)
    return [student.compute_loss(extractor, tensor(image), index) for index in filters]


def losses_of_halved_maps(student, weights, image, filters):
    """The same with a pooling behind the extractor, so that its maps are half as high and wide as the image."""
    extractor = extractor_with(weights)
    halved = keras.Model(extractor.input, layers.AveragePooling2D(2)(extractor.output))
    return [student.compute_loss(halved, tensor(image), index) for index in filters]


def loss_gradients(student, weights, image, filters):
    """The gradient of the loss with respect to the image, for each of the filters."""
    extractor, image = extractor_with(weights), tensor(image)
    gradients = []
    for index in filters:
        with tf.GradientTape() as tape:
            tape.watch(image)
            loss = student.compute_loss(extractor, image, index)
        gradient = tape.gradient(loss, image)
        gradients.append(ops.zeros_like(image) if gradient is None else gradient)
    return gradients


def loss_and_weights(student, weights, image, filter_index):
    """All the extractor's numbers before and after a loss was computed."""
    extractor = extractor_with(weights)
    before = [np.array(variable) for variable in extractor.variables]
    student.compute_loss(extractor, tensor(image), filter_index)
    return {"before": before, "after": list(extractor.variables)}


# gradient_ascent_step


def energy(extractor, image, filter_index):
    """Stands in for compute_loss: another function of the same activations, below zero as their mean may be."""
    return ops.mean(ops.square(extractor(image)[..., filter_index])) - 100


def climb(student, weights, image, filter_index, learning_rate, steps=1):
    """The images after each of some steps, and all the extractor's numbers before and after them."""
    extractor = extractor_with(weights)
    before = [np.array(variable) for variable in extractor.variables]
    path = []
    with student.replacing(compute_loss=energy):
        for _ in range(steps):
            start = tensor(path[-1] if path else image)
            path.append(student.gradient_ascent_step(extractor, start, filter_index, learning_rate))
    return {"path": path, "before": before, "after": list(extractor.variables)}


def climb_in_a_trained_network(student, images, labels, noise, filters, learning_rate, steps):
    """Activation maps of some filters of a network trained here on digits: for the noise, and after the steps."""
    inputs = keras.Input((None, None, images.shape[-1]))
    x = layers.Conv2D(8, 5, padding="same", activation="relu")(inputs)
    x = layers.Conv2D(16, 3, padding="same", activation="relu", name="second")(layers.MaxPooling2D()(x))
    network = keras.Model(inputs, layers.Dense(10, activation="softmax")(layers.GlobalMaxPooling2D()(x)))
    network.compile(optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", jit_compile=False)
    network.fit(tensor(images), tensor(labels), batch_size=50, epochs=3, verbose=0)
    extractor = keras.Model(network.input, network.get_layer("second").output)
    maps = []
    with student.replacing(compute_loss=energy):
        for index in filters:
            image = tensor(noise)
            for _ in range(steps):
                image = tensor(student.gradient_ascent_step(extractor, image, index, learning_rate))
            maps.append([extractor(tensor(noise))[..., index], extractor(image)[..., index]])
    return maps


# visualize_filter


@functools.cache
def linear_extractor(channels, filters):
    """Each filter adds up the channels of one pixel, weighted."""
    images = keras.Input((None, None, channels))
    return keras.Model(images, layers.Conv2D(filters, 1, use_bias=False)(images))


def contraction(extractor, image, filter_index, learning_rate):
    """Stands in for gradient_ascent_step: each use leaves a trace that depends on all that it was called with, and on how many images."""
    answers = ops.sum(extractor(image)[..., filter_index])
    return 0.9 * ops.convert_to_tensor(image, "float32") + learning_rate * (ops.cast(filter_index, "float32") + 1 + ops.tanh(0.02 * answers))


def tilted(extractor, image, filter_index):
    """Stands in for compute_loss where a student takes the steps without gradient_ascent_step: lower and further right counts more."""
    activation = extractor(image)[0, ..., filter_index]
    rows, columns = np.indices(activation.shape)
    return ops.sum(activation * tensor(1 + rows + 2 * columns))


def visualize(student, weights, filter_index, image_shape, steps, learning_rate, seeds):
    """The image that comes out for each of the seeds; other random numbers are drawn in between."""
    extractor = linear_extractor(*weights.shape)
    extractor.set_weights([weights[None, None]])
    images = []
    with student.replacing(gradient_ascent_step=contraction, compute_loss=tilted):
        for seed in seeds:
            images.append(student.visualize_filter(extractor, filter_index, tuple(image_shape), steps, learning_rate, seed))
            keras.random.normal((3,))
            np.random.normal(size=3)
    return images


# deprocess_image


def deprocess(student, image):
    """The bytes made of an array, and what has become of that array."""
    given = np.array(image, "float32")
    return {"bytes": student.deprocess_image(given), "given": given}


def deprocess_tensor(student, image):
    """The bytes made of a tensor."""
    return student.deprocess_image(tensor(image))
