"""What the suite asks of a student's code. It runs beside that code, so it holds no answer and no expected value."""

import numpy as np
import tensorflow as tf


def mean(student, values, mask):
    """The answer's own output."""
    return student.masked_mean(tf.constant(values, "float32"), tf.constant(mask))


def mean_in_graph_mode(student, values, mask):
    """The same inside a `tf.function` that knows neither the batch size nor the length."""
    numbers = values.shape[-1]
    signature = [tf.TensorSpec([None, None, numbers], tf.float32), tf.TensorSpec([None, None], tf.bool)]
    return tf.function(student.masked_mean, input_signature=signature)(values.astype("float32"), np.asarray(mask))
