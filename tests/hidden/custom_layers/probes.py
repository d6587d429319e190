"""What the suite asks of a student's layers. Runs in the worker: it measures and returns, and knows no answer."""

import json

import numpy as np
import tensorflow as tf
import keras


# Helpers. Weights travel as dicts of arrays, by the names that the suite gives them.

def tensor(values):
    return tf.constant(np.asarray(values, "float32"))


def shapes(variables):
    """Each variable's axes in rising order, all of them sorted: a kernel may be kept either way round."""
    return sorted(sorted(int(n) for n in v.shape) for v in variables)


def turn(array, shape):
    """The array, transposed where the other side keeps it so."""
    array = np.asarray(array, "float32")
    return array if array.shape == tuple(shape) else array.T


def fill(layer, arrays):
    """Put each array into the one trainable weight of its shape, or of its transpose's.

    Returns the weights by the arrays' names, or None where the two do not pair off one to one.
    """
    left = list(layer.trainable_weights)
    if shapes(left) != shapes(np.asarray(a) for a in arrays.values()):
        return None
    found = {}
    for name, array in arrays.items():
        place = next(i for i, v in enumerate(left) if shapes([v]) == shapes([np.asarray(array)]))
        found[name] = left.pop(place)
        found[name].assign(turn(array, found[name].shape))
    return found


def gradients(layer, arrays, inputs, upstream):
    """The gradient of Σ upstream·layer(inputs) for each of `arrays`, put into the layer's weights before."""
    layer(inputs)
    weights = fill(layer, arrays)
    if weights is None:
        return None
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(tensor(upstream) * layer(inputs))
    found = tape.gradient(total, weights, unconnected_gradients="zero")
    return {name: turn(found[name], np.shape(arrays[name])) for name in arrays}


def fitted(model, arrays, inputs, targets, loss, learning_rate):
    """One epoch of one batch by `fit`, in whatever mode the model chooses, with plain gradient descent.

    Returns the weights afterwards (None where they do not pair off with `arrays`), and whether the loss ran eagerly.
    """
    eager = []

    def watched(y_true, y_pred):
        eager.append(tf.executing_eagerly())
        return loss(y_true, y_pred)

    model(inputs)
    weights = fill(model, arrays)
    model.compile(keras.optimizers.SGD(learning_rate), watched, jit_compile=False)
    model.fit(inputs, targets, batch_size=len(targets), epochs=1, verbose=0)
    after = None if weights is None else {name: turn(weights[name], np.shape(arrays[name])) for name in arrays}
    return {"weights": after, "eager": any(eager)}


# SimpleMLP

def new_mlp(student, weights):
    return student.SimpleMLP(len(weights["hidden_bias"]), len(weights["output_bias"]))


def mlp_weights(student, hidden_units, num_classes, inputs):
    model = student.SimpleMLP(hidden_units, num_classes)
    model(tensor(inputs))
    return shapes(model.trainable_weights)


def mlp_calls(student, hidden_units, num_classes, inputs):
    """The same inputs again and again: plainly, in training, one row at a time; and by another model."""
    model, inputs = student.SimpleMLP(hidden_units, num_classes), tensor(inputs)
    return {
        "first": model(inputs),
        "second": model(inputs),
        "training": model(inputs, training=True),
        "rows": tf.concat([model(row[None]) for row in inputs], axis=0),
        "another_model": student.SimpleMLP(hidden_units, num_classes)(inputs),
    }


def mlp_outputs(student, weights, inputs):
    model = new_mlp(student, weights)
    model(tensor(inputs))
    return None if fill(model, weights) is None else model(tensor(inputs))


def mlp_fit(student, weights, inputs, labels, learning_rate):
    loss = keras.losses.sparse_categorical_crossentropy
    return fitted(new_mlp(student, weights), weights, tensor(inputs), np.asarray(labels), loss, learning_rate)


def mlp_inside_another(student, hidden_units, num_classes, inputs):
    """The model as one layer of a larger one: what that one tracks, and what both compute."""
    symbolic = keras.Input((np.shape(inputs)[1],))
    inner = student.SimpleMLP(hidden_units, num_classes)
    outer = keras.Model(symbolic, inner(symbolic))
    return {"shapes": shapes(outer.trainable_weights), "outer": outer(tensor(inputs)), "inner": inner(tensor(inputs))}


def mlp_trained(student, hidden_units, train, labels, test):
    """Class probabilities of `test` after 30 epochs."""
    model = student.SimpleMLP(hidden_units, 10)
    model.compile("adam", "sparse_categorical_crossentropy", jit_compile=False)
    model.fit(tensor(train), np.asarray(labels), batch_size=32, epochs=30, verbose=0)
    return model.predict(tensor(test), verbose=0)


# Linear

def new_linear(student, weights, **settings):
    return student.Linear(len(weights["bias"]), **settings)


def linear_weights(student, units, input_shapes):
    """For each input shape, a layer of its own: the shapes of its weights, and of its output."""
    found = []
    for shape in input_shapes:
        layer = student.Linear(units)
        output = layer(tf.ones(shape))
        found.append({"weights": shapes(layer.trainable_weights), "output": [int(n) for n in output.shape]})
    return found


def linear_outputs(student, weights, inputs):
    """One layer, called on each of the inputs in turn."""
    layer = new_linear(student, weights)
    layer(tensor(next(iter(inputs.values()))))
    if fill(layer, weights) is None:
        return None
    return {name: layer(tensor(x)) for name, x in inputs.items()}


def linear_at_the_start(student, units, width):
    """Two fresh layers, read off by what they make of zeros and of the unit vectors."""
    layer, another = student.Linear(units), student.Linear(units)
    zeros, unit_vectors = tf.zeros((1, width)), tf.eye(width)
    return {
        "at_zero": layer(zeros),
        "kernel": layer(unit_vectors) - layer(zeros),
        "another_kernel": another(unit_vectors) - another(zeros),
    }


def linear_from_config(student, weights, inputs, **settings):
    """A layer made again from its config, which went through JSON: what it kept, and what it computes."""
    original = new_linear(student, weights, **settings)
    copy = type(original).from_config(json.loads(json.dumps(original.get_config())))
    kept = {"name": str(copy.name), "trainable": bool(copy.trainable), "dtype": str(copy.compute_dtype)}
    copy.trainable = True
    copy(tensor(inputs))
    return {"kept": kept, "output": None if fill(copy, weights) is None else copy(tensor(inputs))}


def linear_in_a_model(student, weights, inputs):
    """Inside a functional model that knows only the last axis, traced as a graph, on inputs of several lengths."""
    width = np.shape(weights["kernel"])[0]
    symbolic = keras.Input((None, width))
    model = keras.Model(symbolic, new_linear(student, weights)(symbolic))
    if fill(model, weights) is None:
        return None
    traced = tf.function(model, input_signature=[tf.TensorSpec((None, None, width), tf.float32)])
    return {name: traced(tensor(x)) for name, x in inputs.items()}


def linear_gradients(student, weights, inputs, upstream):
    return gradients(new_linear(student, weights), weights, tensor(inputs), upstream)


# InvertedDropout

def dropout_off(student, rate, inputs):
    layer = student.InvertedDropout(rate)
    return {"said": layer(tensor(inputs), training=False), "unsaid": layer(tensor(inputs))}


def dropout_on(student, rate, inputs, calls):
    """One layer, called again and again in training."""
    layer = student.InvertedDropout(rate)
    return tf.stack([layer(tensor(inputs), training=True) for _ in range(calls)])


def dropout_in_a_model(student, rate, inputs, calls):
    """Inside a functional model of unknown batch size, traced as a graph: the model is told of training, not the layer."""
    symbolic = keras.Input(np.shape(inputs)[1:])
    layer = student.InvertedDropout(rate, name="veil")
    model = keras.Model(symbolic, layer(symbolic))

    @tf.function(input_signature=[tf.TensorSpec([None, *symbolic.shape[1:]], tf.float32)])
    def in_training(x):
        return model(x, training=True)

    return {
        "on": tf.stack([in_training(tensor(inputs)) for _ in range(calls)]),
        "off": tf.function(model)(tensor(inputs)),
        "trainable": len(model.trainable_weights),
        "name": str(layer.name),
    }


def dropout_gradient(student, rate, inputs):
    layer, inputs = student.InvertedDropout(rate), tensor(inputs)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        output = layer(inputs, training=True)
        total = tf.reduce_sum(output)
    return {"output": output, "gradient": tape.gradient(total, inputs, unconnected_gradients="zero")}


# AddPair

def pair_weights(student, a, b):
    layer = student.AddPair()
    layer([tensor(a), tensor(b)])
    return shapes(layer.trainable_weights)


def pair_calls(student, a, b):
    layer, pair = student.AddPair(), [tensor(a), tensor(b)]
    return {"first": layer(pair), "second": layer(pair), "another_layer": student.AddPair()(pair)}


def pair_outputs(student, weights, a, b):
    layer, pair = student.AddPair(), [tensor(a), tensor(b)]
    layer(pair)
    if fill(layer, weights) is None:
        return None
    return {"list": layer(pair), "tuple": layer(tuple(pair))}


def pair_fit(student, weights, a, b, targets, learning_rate):
    symbolic = [keras.Input((np.shape(a)[-1],)), keras.Input((np.shape(b)[-1],))]
    model = keras.Model(symbolic, student.AddPair()(symbolic))
    loss = keras.losses.mean_squared_error
    return fitted(model, weights, [tensor(a), tensor(b)], tensor(targets), loss, learning_rate)


# TiedAutoencoder

def new_tied(student, weights):
    return student.TiedAutoencoder(len(weights["code_bias"]))


def tied_weights(student, units, inputs):
    model = student.TiedAutoencoder(units)
    model(tensor(inputs))
    return shapes(model.trainable_weights)


def tied_outputs(student, weights, inputs, code):
    model = new_tied(student, weights)
    model(tensor(inputs))
    if fill(model, weights) is None:
        return None
    return {"call": model(tensor(inputs)), "encode": model.encode(tensor(inputs)), "decode": model.decode(tensor(code))}


def tied_at_the_start(student, units, inputs):
    """Two fresh models, at zero, which only the biases answer, and at the inputs."""
    model, another = student.TiedAutoencoder(units), student.TiedAutoencoder(units)
    output, another_output = model(tensor(inputs)), another(tensor(inputs))
    return {
        "output": output,
        "another_output": another_output,
        "code_of_zero": model.encode(tf.zeros_like(tensor(inputs))),
        "output_of_zero": model.decode(tf.zeros((1, units))),
    }


def tied_gradients(student, weights, inputs, upstream):
    return gradients(new_tied(student, weights), weights, tensor(inputs), upstream)


def tied_fit(student, weights, inputs, learning_rate):
    loss = keras.losses.mean_squared_error
    return fitted(new_tied(student, weights), weights, tensor(inputs), tensor(inputs), loss, learning_rate)


def tied_trained(student, units, train, test):
    """Reconstructions of `test` after 60 epochs."""
    model = student.TiedAutoencoder(units)
    model.compile("adam", "binary_crossentropy", jit_compile=False)
    model.fit(tensor(train), tensor(train), batch_size=32, epochs=60, verbose=0)
    return model.predict(tensor(test), verbose=0)
