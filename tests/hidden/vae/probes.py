"""What the suite asks of a submission. Runs in the worker, beside the student's names; it holds no expected value."""

import tensorflow as tf


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
