"""One example at a time, mapped over the batch.

question: huber
"""


def huber(y_true, y_pred, delta=1.0):
    def of_one(pair):
        error = tf.abs(pair[0] - pair[1])
        return tf.reduce_mean(tf.where(error <= delta, 0.5 * error**2, delta * (error - 0.5 * delta)))

    return tf.map_fn(of_one, (y_true, y_pred), fn_output_signature=tf.float32)
