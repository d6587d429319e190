"""TensorFlow functions, the one half multiplied out, the axis named from the left.

question: kl_divergence
"""


def kl_divergence(z_mean, z_log_var):
    squares = tf.square(z_mean)
    variances = tf.exp(z_log_var)
    return tf.reduce_sum(0.5 * squares + 0.5 * variances - 0.5 * z_log_var - 0.5, axis=1)
