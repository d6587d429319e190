"""Tensors in float32, month by month.

question: forecast
"""


def forecast_returns(betas, factors, window):
    betas, factors = tf.cast(betas, tf.float32), tf.cast(factors, tf.float32)
    rows = [tf.zeros_like(betas[0, :, 0])]
    for t in range(1, betas.shape[0]):
        premium = tf.reduce_mean(factors[max(0, t - window):t], axis=0)
        rows.append(tf.linalg.matvec(betas[t], premium))
    return tf.stack(rows)
