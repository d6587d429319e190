"""With tensors, in float32.

question: total_r2
"""


def total_r2(returns, predicted):
    r, p = tf.cast(returns, tf.float32), tf.cast(predicted, tf.float32)
    return 1.0 - tf.reduce_sum(tf.square(r - p)) / tf.reduce_sum(tf.square(r))
