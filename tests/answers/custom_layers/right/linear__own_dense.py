"""A Dense inside; its config is the one that Keras makes by itself.

question: linear
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = layers.Dense(units, dtype=self.dtype_policy)

    def call(self, inputs):
        return self.dense(inputs)
