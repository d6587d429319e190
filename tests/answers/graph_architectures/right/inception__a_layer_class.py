"""A Layer subclass that holds four Sequentials.

question: inception
"""

class Inception(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        def conv(size, strides=1):
            return layers.Conv2D(filters, size, strides=strides, padding="same", activation="relu")
        self.branches = [
            keras.Sequential([conv(1, 2)]),
            keras.Sequential([conv(1), conv(3), conv(3, 2)]),
            keras.Sequential([layers.AveragePooling2D(3, 2, "same"), conv(3)]),
            keras.Sequential([conv(1), conv(3, 2)]),
        ]

    def call(self, x):
        return ops.concatenate([branch(x) for branch in self.branches], axis=-1)


def inception_module(x, filters):
    return Inception(filters)(x)
