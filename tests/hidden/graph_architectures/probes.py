"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import keras
import numpy as np
import tensorflow as tf
from doubles import OnlyInTraining, remembered
from keras import layers

_made = {}


def tensor(values):
    """What a Keras model would hand over: float32, whatever the wire brought."""
    return tf.constant(np.asarray(values), tf.float32)


def shapes(tensors):
    return [list(each.shape) for each in tensors]


# inception_module, residual_block, separable_block: from a tensor to a tensor


def block(student, name, shape, settings):
    """The model from an image of this shape to what the student's function makes of it, made once: that takes longer than to run it."""
    key = name, tuple(shape), tuple(settings)
    if key not in _made:
        keras.utils.set_random_seed(0)
        image = keras.Input(shape)
        _made[key] = keras.Model(image, getattr(student, name)(image, *settings))
    return _made[key]


def block_shapes(student, name, shape, settings):
    """The shapes of the output and of all weights, and how many of these are trainable."""
    model = block(student, name, shape, settings)
    return {"output": list(model.outputs[0].shape), "weights": shapes(model.weights), "trainable": len(model.trainable_weights)}


@remembered
def block_outputs(student, name, settings, images, weights):
    """What the block makes of the images under each of several sets of weights."""
    model = block(student, name, images.shape[1:], settings)
    run = model
    if len(weights) > 1:  # a graph pays off when it is run often
        run = tf.function(model, input_signature=[tf.TensorSpec([None, *images.shape[1:]])], autograph=False)
    outputs = []
    for values in weights:
        model.set_weights(values)
        outputs.append(run(tensor(images)))
    return outputs


# build_similarity_model


def pair_model(student, timesteps, features):
    """The student's model, made once; each test finds it with its first weights, shaken, since some of these may be zero or equal."""
    key = "similarity", timesteps, features
    if key not in _made:
        keras.utils.set_random_seed(0)
        model = student.build_similarity_model(timesteps, features)
        model([tf.zeros((1, timesteps, features))] * 2)
        for weight in model.trainable_weights:
            weight.assign_add(keras.random.normal(weight.shape, stddev=0.2))
        _made[key] = model, [np.array(weight) for weight in model.variables]
    model, values = _made[key]
    for variable, value in zip(model.variables, values):
        variable.assign(value)
    return model


def similarity_shapes(student, timesteps, features, batch_sizes):
    """The shapes of the outputs for batches of these sizes, and of the trainable weights."""
    model = pair_model(student, timesteps, features)
    outputs = [model([tf.ones((size, timesteps, features))] * 2) for size in batch_sizes]
    return {"outputs": shapes(outputs), "weights": shapes(model.trainable_weights)}


def similarities(student, a, b, factor=1):
    """The output for each pair, after the trainable weights were multiplied by a factor."""
    model = pair_model(student, *np.shape(a)[1:])
    for weight in model.trainable_weights:
        weight.assign(weight * factor)
    return model([tensor(a), tensor(b)])


def similarity_step(student, a, b, targets, learning_rate):
    """After a step of gradient descent on the squared error: the outputs of the pairs in both orders, all weights, and which moved."""
    model = pair_model(student, *np.shape(a)[1:])
    a, b, targets = tensor(a), tensor(b), tensor(targets)
    before = [np.array(weight) for weight in model.trainable_weights]
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model([a, b]) - targets))
    gradients = tape.gradient(loss, model.trainable_weights, unconnected_gradients="zero")
    for weight, gradient in zip(model.trainable_weights, gradients):
        weight.assign_sub(learning_rate * gradient)
    after = [np.array(weight) for weight in model.trainable_weights]
    moved = [bool(np.any(one != other)) for one, other in zip(before, after)]
    forth, back = tf.split(model([tf.concat([a, b], axis=0), tf.concat([b, a], axis=0)]), 2)
    return {"forth": forth, "back": back, "weights": after, "moved": moved}


def similarity_trained(student, pairs, targets, held_out, epochs):
    """Outputs for held-out pairs, in both orders, after a real training."""
    model = student.build_similarity_model(*np.shape(pairs[0])[1:])
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", jit_compile=False)
    model.fit([tensor(part) for part in pairs], tensor(targets), batch_size=64, epochs=epochs, verbose=0)
    first, second = (tensor(part) for part in held_out)
    return [model.predict([first, second], verbose=0), model.predict([second, first], verbose=0)]


# build_stereo_model


def flat_backbone(shape, weights):
    """From an image to a few numbers: one kernel and one bias."""
    image = keras.Input(shape)
    backbone = keras.Model(image, layers.Dense(len(weights[1]))(OnlyInTraining(0.5)(layers.Flatten()(image))))
    backbone.set_weights(weights)
    return backbone


@remembered
def stereo(student, left, right, weights, new_weights):
    """The stereo model of a backbone with these weights, in use and in training; then with new weights put into the backbone."""
    backbone = flat_backbone(np.shape(left)[1:], weights)
    model = student.build_stereo_model(backbone)
    pair = [tensor(left), tensor(right)]
    found = {"outputs": model(pair), "in training": model(pair, training=True), "weights": shapes(model.weights)}
    backbone.set_weights(new_weights)
    return found | {"with new weights": model(pair)}


def stereo_maps(student, left, right):
    """For a backbone with branches that makes maps: the inputs' shapes, the outputs, and what the backbone itself makes of the two images."""
    image = keras.Input(np.shape(left)[1:])
    branches = [layers.Conv2D(4, size, strides=2, padding="same")(image) for size in (1, 3)]
    backbone = keras.Model(image, layers.Add()(branches))
    model = student.build_stereo_model(backbone)
    left, right = tensor(left), tensor(right)
    return {"inputs": shapes(model.inputs), "outputs": model([left, right]), "features": [backbone(left), backbone(right)]}


def stereo_step(student, left, right, weights, direction, learning_rate):
    """The backbone's weights after one step of gradient descent on the sum of direction · output."""
    backbone = flat_backbone(np.shape(left)[1:], weights)
    model = student.build_stereo_model(backbone)
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tensor(direction) * model([tensor(left), tensor(right)]))
    variables = model.trainable_weights
    for variable, gradient in zip(variables, tape.gradient(total, variables, unconnected_gradients="zero")):
        variable.assign_sub(learning_rate * gradient)
    return backbone.get_weights()


def stereo_trainable(student, shape, weights):
    """For a backbone that is free, and for one that is frozen: trainable weights of the backbone and of the stereo model, afterwards."""
    counts = []
    for trainable in (True, False):
        backbone = flat_backbone(shape, weights)
        backbone.trainable = trainable
        model = student.build_stereo_model(backbone)
        counts.append([len(backbone.trainable_weights), len(model.trainable_weights)])
    return counts


def stereo_trained(student, views, shifts, held_out, epochs):
    """Predictions for held-out views after a real training, with a backbone and two dense layers that are made here."""
    shape = np.shape(views[0])[1:]
    image = keras.Input(shape)
    seen = layers.Conv2D(8, 3, strides=2, padding="same", activation="relu")(image)
    seen = layers.Conv2D(16, 3, padding="same", activation="relu")(seen)
    backbone = keras.Model(image, layers.Dense(16)(layers.Flatten()(seen)))
    eyes = [keras.Input(shape) for _ in range(2)]
    hidden = layers.Dense(32, activation="relu")(student.build_stereo_model(backbone)(eyes))
    model = keras.Model(eyes, layers.Dense(1)(hidden))
    model.compile(keras.optimizers.Adam(0.002), "mse", jit_compile=False)
    model.fit([tensor(view) for view in views], tensor(shifts), batch_size=32, epochs=epochs, verbose=0)
    return model.predict([tensor(view) for view in held_out], verbose=0)
