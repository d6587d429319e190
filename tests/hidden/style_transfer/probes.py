"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import functools

import keras
import numpy as np
import tensorflow as tf
from doubles import OnlyInTraining, remembered
from keras import layers, ops


def tensor(values):
    """What a Keras model would hand over: float32, whatever the wire brought."""
    return tf.constant(np.asarray(values), tf.float32)


# gram_matrix, style_loss, content_loss, total_variation: functions of one or two arrays, all asked in the same ways


def in_each_way(function, arrays):
    """The function of tensors, of NumPy arrays, and of tensors inside a graph that knows their shapes."""
    given = [np.asarray(values, "float32") for values in arrays]
    graph = tf.function(lambda *tensors: function(*tensors), autograph=False)
    return {
        "tensors": function(*map(tensor, given)),
        "arrays": function(*(np.array(values) for values in given)),
        "graph": graph(*map(tensor, given)),
    }


def slopes(function, arrays, direction=1.0):
    """The gradient of the sum of direction · function, for each of the arrays."""
    given = [tensor(values) for values in arrays]
    with tf.GradientTape() as tape:
        tape.watch(given)
        total = tf.reduce_sum(function(*given) * tensor(direction))
    return [ops.zeros_like(one) if slope is None else slope for one, slope in zip(given, tape.gradient(total, given))]


def grams(student, maps):
    return [student.gram_matrix(tensor(features)) for features in maps]


def gram_in_each_way(student, features):
    return in_each_way(student.gram_matrix, [features])


def gram_gradient(student, features, direction):
    """The gradient of the sum of direction · Gram matrix for the features."""
    (gradient,) = slopes(student.gram_matrix, [features], direction)
    return gradient


def totals(features):
    """Stands in for gram_matrix: a matrix of the same shape that knows the channels' sums alone."""
    sums = ops.sum(features, axis=(0, 1))
    return sums[:, None] * sums[None]


def styles(student, pairs):
    """The style loss of each pair of maps."""
    with student.replacing(gram_matrix=totals):
        return [student.style_loss(tensor(style), tensor(combination)) for style, combination in pairs]


def style_in_each_way(student, style, combination):
    with student.replacing(gram_matrix=totals):
        return in_each_way(student.style_loss, [style, combination])


def style_gradients(student, style, combination):
    with student.replacing(gram_matrix=totals):
        return slopes(student.style_loss, [style, combination])


def contents(student, pairs):
    """The content loss of each pair of maps."""
    return [student.content_loss(tensor(base), tensor(combination)) for base, combination in pairs]


def content_in_each_way(student, base, combination):
    return in_each_way(student.content_loss, [base, combination])


def content_gradients(student, base, combination):
    return slopes(student.content_loss, [base, combination])


def roughness(student, batches):
    """The total variation of each batch of images."""
    return [student.total_variation_loss(tensor(images)) for images in batches]


def roughness_in_each_way(student, images):
    return in_each_way(student.total_variation_loss, [images])


def roughness_gradients(student, batches):
    return [slopes(student.total_variation_loss, [images])[0] for images in batches]


# feature_extractor


@functools.cache
def forked_network(channels):
    """A small network for images of any size whose layers form no chain: two branches that join. At rest, `only_in_training` does nothing."""
    images = keras.Input((None, None, channels))
    trunk = layers.Conv2D(4, 3, padding="same", activation="relu", name="conv_1")(images)
    left = layers.Conv2D(5, 1, activation="tanh", name="conv_10")(OnlyInTraining(3.0)(trunk))
    right = layers.BatchNormalization(name="norm")(layers.Conv2D(5, 3, padding="same", name="conv_2")(trunk))
    joined = layers.Add(name="join")([left, right])
    halved = layers.AveragePooling2D(2, name="pool")(joined)
    return keras.Model(images, layers.Conv2D(6, 1, activation="relu", name="scores")(halved))


def network_with(weights, channels):
    """The forked network with these weights, all of its layers trainable again."""
    network = forked_network(channels)
    for part in [network, *network.layers]:  # Keras does nothing where a flag has its value already: so the network's and each layer's own
        part.trainable = True
    for name, values in weights.items():
        network.get_layer(name).set_weights(values)
    return network


def outputs_of(extractor, images):
    """What an extractor returns, as a dict if it is one, for the wire."""
    found = extractor(tensor(images))
    return dict(found) if isinstance(found, dict) else found


def extract(student, weights, choices, batches):
    """For each choice of layers, what one extractor returns for each batch of images."""
    network = network_with(weights, batches[0].shape[-1])
    extractors = [student.build_feature_extractor(network, list(names)) for names in choices]
    return [[outputs_of(extractor, images) for images in batches] for extractor in extractors]


def set_anew(student, weights, later, names, images, factor):
    """Activations before and after the network's weights were set anew, then the network's scores after the extractor's were multiplied."""
    network = network_with(weights, images.shape[-1])
    extractor = student.build_feature_extractor(network, list(names))
    kept = network.get_weights()
    before = outputs_of(extractor, images)
    for name, values in later.items():
        network.get_layer(name).set_weights(values)
    after = outputs_of(extractor, images)
    for weight in extractor.weights:
        weight.assign(weight * factor)
    return {"kept": kept, "before": before, "after": after, "scores": network(tensor(images))}


def frozen(student, weights, choices, images):
    """For each choice of layers: what kind of thing the extractor is, how many weights can be trained, and its gradient for the images."""
    found = []
    for names in choices:
        network = network_with(weights, images.shape[-1])
        extractor = student.build_feature_extractor(network, list(names))
        is_model = isinstance(extractor, keras.Model)
        count = len(extractor.trainable_weights) if is_model else None
        (gradient,) = slopes(lambda given: sum(ops.sum(extractor(given)[name]) for name in names), [images])
        found.append({"is_a_model": is_model, "trainable": count, "gradient": gradient})
    return found


# loss_and_grads. The student's losses are replaced by doubles that are no answers to those questions.


def fourth_powers(base, combination):
    """Stands in for content_loss."""
    return ops.sum(ops.square(ops.square(base - combination)))


def mean_colours(style, combination):
    """Stands in for style_loss: compares the channels' means over the first two axes, and nothing else."""
    return ops.sum(ops.square(ops.mean(style, axis=(0, 1)) - ops.mean(combination, axis=(0, 1))))


def brightness(images):
    """Stands in for total_variation_loss. It leaves out each image's first row, so that it shows whether there is a batch axis."""
    return ops.sum(ops.square(images[:, 1:])) / 2


DOUBLES = {
    "gram_matrix": totals,
    "style_loss": mean_colours,
    "content_loss": fourth_powers,
    "total_variation_loss": brightness,
}


@functools.cache
def linear_extractor(sizes):
    """Per layer a kernel that takes every so-manieth pixel and mixes its channels. `sizes`: name, steps and channels of each layer."""
    images = keras.Input((None, None, 3))
    return keras.Model(images, {name: layers.Conv2D(channels, 1, strides=steps, name=name)(images) for name, steps, channels in sizes})


def extractor_with(network):
    """The linear extractor with these steps, kernels and biases."""
    sizes = tuple((name, tuple(layer["steps"]), len(layer["bias"])) for name, layer in network.items())
    extractor = linear_extractor(sizes)
    for name, layer in network.items():
        extractor.get_layer(name).set_weights([layer["kernel"][None, None], layer["bias"]])
    return extractor


def as_tensor(gradient):
    return None if gradient is None else tf.convert_to_tensor(gradient)


@remembered
def losses_and_gradients(student, network, images, settings):
    """Loss and gradient of the combination image, a tensor, in each of the settings. `images`: combination, base and style."""
    extractor, found = extractor_with(network), []
    with student.replacing(**DOUBLES):
        for setting in settings:
            loss, gradient = student.compute_loss_and_grads(extractor, *map(tensor, images), **setting)
            found.append({"loss": loss, "gradient": as_tensor(gradient)})
    return found


def of_variables(student, network, images, setting):
    """The same where all images are variables, with these and the extractor's weights before and after."""
    extractor = extractor_with(network)
    variables = [tf.Variable(tensor(image)) for image in images]
    before = [np.array(values) for values in [*variables, *extractor.variables]]
    with student.replacing(**DOUBLES):
        loss, gradient = student.compute_loss_and_grads(extractor, *variables, **setting)
    after = [np.array(values) for values in [*variables, *extractor.variables]]
    return {"loss": loss, "gradient": as_tensor(gradient), "before": before, "after": after}


def in_a_graph(student, network, images, others, setting):
    """The same inside a tf.function, traced once, for two combination images one after the other: as tensors, then kept in a variable."""
    extractor = extractor_with(network)
    _, base, style = map(tensor, images)
    kept = tf.Variable(tensor(images[0]))

    @tf.function(autograph=False)
    def of_a_tensor(combination):
        return student.compute_loss_and_grads(extractor, combination, base, style, **setting)

    @tf.function(autograph=False)
    def of_a_variable():
        return student.compute_loss_and_grads(extractor, kept, base, style, **setting)

    found = {"tensor": [], "variable": []}
    with student.replacing(**DOUBLES):
        for combination in others:
            loss, gradient = of_a_tensor(tensor(combination))
            found["tensor"].append({"loss": loss, "gradient": as_tensor(gradient)})
            kept.assign(tensor(combination))
            loss, gradient = of_a_variable()
            found["variable"].append({"loss": loss, "gradient": as_tensor(gradient)})
    return found


# A real transfer. Its doubles differ from the notebook's losses by little more than factors, so that an answer that writes losses out goes the same way.


def much_of_each_pair(features):
    """Stands in for gram_matrix."""
    rows = ops.reshape(features, (-1, features.shape[-1]))
    return 1.5 * ops.einsum("pc,pd->cd", rows, rows)


def near_style(style, combination):
    difference = much_of_each_pair(style) - much_of_each_pair(combination)
    return ops.mean(ops.square(difference / (style.shape[0] * style.shape[1])))


def near_content(base, combination):
    return 2 * ops.sum(ops.square(ops.subtract(base, combination)))


def near_roughness(images):
    return ops.sum(ops.square(images[:, 1:] - images[:, :-1])) + ops.sum(ops.square(images[:, :, 1:] - images[:, :, :-1]))


NEAR = {
    "gram_matrix": much_of_each_pair,
    "style_loss": near_style,
    "content_loss": near_content,
    "total_variation_loss": near_roughness,
}


def transferred(student, weights, base, style, setting, steps, learning_rate):
    """What so many steps of Adam make of the base image. `weights`: kernel and bias of each convolution of the notebook's network."""
    images = keras.Input((None, None, 3))
    x, found = layers.Rescaling(2, -1)(images), {}
    for name, values in weights.items():
        if name.endswith("_1") and found:  # a block begins
            x = layers.AveragePooling2D(2)(x)
        x = found[name] = layers.Conv2D(len(values[1]), 3, padding="same", activation="relu", name=name)(x)
    extractor = keras.Model(images, found, trainable=False)
    for name, values in weights.items():
        extractor.get_layer(name).set_weights(values)
    base, style = tensor(base), tensor(style)
    image = tf.Variable(base)
    optimizer = keras.optimizers.Adam(learning_rate)
    optimizer.build([image])

    @tf.function(jit_compile=False, autograph=False)
    def step():
        _, gradient = student.compute_loss_and_grads(extractor, image, base, style, **setting)
        optimizer.apply([gradient], [image])
        image.assign(tf.clip_by_value(image, 0.0, 1.0))

    with student.replacing(**NEAR):
        for _ in range(steps):
            step()
    return image
