"""TensorFlow functions throughout, inputs taken by index.

question: sampling
"""


class Sampling(keras.layers.Layer):
    def call(self, pair):
        epsilon = tf.random.normal(tf.shape(pair[0]))
        return pair[0] + tf.sqrt(tf.exp(pair[1])) * epsilon
