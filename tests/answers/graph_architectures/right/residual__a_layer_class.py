"""A Layer subclass that makes what it needs in build.

question: residual
"""

class Residual(layers.Layer):
    def __init__(self, filters, downsample, **kwargs):
        super().__init__(**kwargs)
        self.filters, self.downsample = filters, downsample

    def build(self, shape):
        self.convolutions = [layers.Conv2D(self.filters, 3, padding="same", activation="relu") for _ in range(3)]
        self.pool = layers.MaxPooling2D(2, 2, padding="same")
        self.project = None
        if self.downsample or shape[-1] != self.filters:
            self.project = layers.Conv2D(self.filters, 1, strides=2 if self.downsample else 1, padding="same")

    def call(self, x):
        y = x
        for convolution in self.convolutions:
            y = convolution(y)
        if self.downsample:
            y = self.pool(y)
        return y + (x if self.project is None else self.project(x))


def residual_block(x, filters, downsample):
    return Residual(filters, downsample)(x)
