"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import gc
import itertools
import os

import keras
import numpy as np
import tensorflow as tf

XOR_INPUTS = np.float32([[0, 0], [0, 1], [1, 0], [1, 1]])
XOR_TARGETS = np.float32([[0], [1], [1], [0]])


# count_parameters


def parameters(student, input_dim, units):
    return student.count_parameters(input_dim, units)


def parameters_leave(student, input_dim, units):
    """The count, and the list of units as it is afterwards."""
    count = student.count_parameters(input_dim, units)
    return {"count": count, "units": units}


# softmax


def probabilities(student, z):
    """What softmax gives, and its argument as it is afterwards."""
    z = np.array(z)
    return {"p": student.softmax(z), "z": z}


def probabilities_of_a_list(student, z):
    return student.softmax(z)


# gradient_norms


def norms(student, activation, depth, width, seeds):
    """One row of norms for each seed."""
    return [student.gradient_norms(activation, depth, width, seed) for seed in seeds]


# row_batches


def write_tables(tables):
    """Each table as a CSV file with a header; returns the paths."""
    paths = [f"table_{number}.csv" for number in range(len(tables))]
    for path, table in zip(paths, tables):
        np.savetxt(path, table, delimiter=",", header=",".join(f"c{i}" for i in range(11)), comments="", fmt="%.9g")
    return paths


def open_files(paths):
    """How many descriptors of this process point at one of the files."""
    wanted = {os.path.realpath(path) for path in paths}
    count = 0
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            count += os.readlink(f"/proc/self/fd/{descriptor}") in wanted
        except OSError:
            pass  # the descriptor of the listing itself
    return count


def batches(student, tables, batch_size, count):
    """The first batches: features, targets, types, and how many of the files were open after each, and at the end."""
    paths = write_tables(tables)
    generator = student.row_batches(paths, batch_size)
    taken, opened = [], []
    for batch in itertools.islice(generator, count):
        taken.append(batch)
        opened.append(open_files(paths))
    getattr(generator, "close", lambda: None)()
    del generator
    gc.collect()
    types = sorted({f"{type(part).__name__} of {getattr(part, 'dtype', '?')}" for batch in taken for part in batch})
    return {"X": [X for X, _ in taken], "y": [y for _, y in taken], "types": types, "open": opened, "open at the end": open_files(paths)}


def two_generators(student, tables, batch_size):
    """The first two batches of one generator, with a second one started in between."""
    paths = write_tables(tables)
    first = student.row_batches(paths, batch_size)
    one = next(first)
    other = next(student.row_batches(paths, batch_size))
    return [one[1], other[1], next(first)[1]]


# xor


def xor_model(student, inputs, targets, outputs):
    """Outputs for inputs under large weights, and the loss of given outputs for given targets, one by one."""
    model = student.build_xor_classifier()
    generator = np.random.default_rng(0)
    shape = np.asarray(model(XOR_INPUTS)).shape
    for weight in model.trainable_weights:  # others, such as a variance, may not be negative
        weight.assign(generator.normal(scale=5, size=weight.shape))
    one = lambda value: np.float32([[value]])
    losses = [model.compute_loss(y=one(y), y_pred=tf.constant(one(p))) for y, p in zip(targets, outputs)]
    return {"shape": list(shape), "outputs": model(np.float32(inputs)), "losses": losses}


def xor_twice(student):
    """Weights of two models, and of the first again after the second has been changed."""
    one, other = student.build_xor_classifier(), student.build_xor_classifier()
    before = one.get_weights()
    other.set_weights([weight + 1 for weight in other.get_weights()])
    return {"one": before, "other": other.get_weights(), "one again": one.get_weights()}


def xor_trained(student, seeds):
    """Probabilities of the four points after 300 updates, from each seed."""
    rows = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = student.build_xor_classifier()
        # The same 300 updates as 300 epochs of one batch, without 300 starts of an epoch.
        model.fit(np.tile(XOR_INPUTS, (300, 1)), np.tile(XOR_TARGETS, (300, 1)), batch_size=4, shuffle=False, verbose=0)
        rows.append(np.asarray(model(XOR_INPUTS)).ravel())
    return rows


# regressor


def regressor(student, num_features, inputs, targets, shifts):
    """Outputs under drawn weights, for inputs, their negatives and zero; and the loss of targets shifted by so much."""
    model = student.build_regressor(num_features)
    inputs = np.float32(inputs)
    outputs = model(inputs)
    shape = list(np.shape(outputs))
    generator = np.random.default_rng(0)
    for weight in model.trainable_weights:
        weight.assign(generator.normal(size=weight.shape))
    targets = np.float32(targets)
    return {
        "shape": shape,
        "outputs": model(inputs),
        "mirrored": model(-inputs),
        "at zero": model(0 * inputs),
        "losses": [model.compute_loss(y=targets, y_pred=tf.constant(targets + np.float32(shift))) for shift in shifts],
    }


def regressor_steps(student, inputs, targets, steps):
    """The loss on a batch before and after some updates on it, and whether every trainable weight moved."""
    model = student.build_regressor(len(inputs[0]))
    x, y = np.float32(inputs), np.float32(targets)
    before = [np.array(weight) for weight in model.trainable_weights]
    loss = [model.compute_loss(y=y, y_pred=model(x, training=False))]
    for _ in range(steps):
        model.train_on_batch(x, y)
    loss.append(model.compute_loss(y=y, y_pred=model(x, training=False)))
    moved = [bool(np.any(np.asarray(after) != weight)) for after, weight in zip(model.trainable_weights, before)]
    return {"loss": loss, "moved": moved}


def regressor_trained(student, x, y, held_out, seeds):
    """Predictions for held-out rows after training as the notebook says, from each seed."""
    rows = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = student.build_regressor(len(x[0]))
        model.fit(np.float32(x), np.float32(y), epochs=60, batch_size=32, verbose=0)
        rows.append(model.predict(np.float32(held_out), verbose=0).ravel())
    return rows
