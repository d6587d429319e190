"""With TensorFlow's unique_with_counts, as a tensor.

question: balanced_weights
"""


def balanced_weights(labels):
    _, which, counts = tf.unique_with_counts(labels)
    frequency = tf.cast(tf.gather(counts, which), tf.float32)
    return tf.cast(tf.size(labels), tf.float32) / (tf.cast(tf.size(counts), tf.float32) * frequency)
