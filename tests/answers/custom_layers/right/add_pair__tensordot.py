"""TensorFlow operations, the sum in another order.

question: add_pair
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        a, b = input_shape
        self.w = self.add_weight(shape=[b[-1], a[-1]], initializer="random_normal")
        self.c = self.add_weight(shape=[a[-1]], initializer="zeros")

    def call(self, inputs):
        a, b = inputs
        return tf.add_n([tf.tensordot(b, tf.convert_to_tensor(self.w), [[-1], [0]]), a]) + self.c
