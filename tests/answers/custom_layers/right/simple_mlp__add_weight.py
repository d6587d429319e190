"""Weights of its own instead of layers, with TensorFlow's operations.

question: simple_mlp
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units=32, num_classes=10, **kwargs):
        super().__init__(**kwargs)
        self.h, self.c = hidden_units, num_classes

    def build(self, input_shape):
        self.w1 = self.add_weight(shape=(input_shape[-1], self.h), initializer="random_normal")
        self.b1 = self.add_weight(shape=(self.h,), initializer="zeros")
        self.w2 = self.add_weight(shape=(self.h, self.c), initializer="random_normal")
        self.b2 = self.add_weight(shape=(self.c,), initializer="zeros")

    def call(self, x):
        h = tf.nn.relu(tf.matmul(x, self.w1) + self.b1)
        return tf.nn.softmax(tf.matmul(h, self.w2) + self.b2)
