"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops


def tensor(values):
    """What a Keras model would hand over: float32, whatever the wire brought."""
    return tf.constant(values, tf.float32)


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
