"""With a variance first, and every operation from the math modules by its long name.

question: kl_divergence
"""


def kl_divergence(z_mean, z_log_var):
    variance = tf.math.exp(z_log_var)
    gap = tf.math.add(tf.math.squared_difference(z_mean, 0.0), tf.math.subtract(variance, 1.0))
    return tf.math.multiply(0.5, tf.math.reduce_sum(tf.math.subtract(gap, z_log_var), -1))
