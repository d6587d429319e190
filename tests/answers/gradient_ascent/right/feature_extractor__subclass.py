"""A subclass around the functional model.

question: feature_extractor
"""


class Extractor(keras.Model):
    """Runs a part of a model."""

    def __init__(self, whole, layer_name):
        super().__init__()
        self.part = keras.Model(whole.input, whole.get_layer(layer_name).output)

    def call(self, images, training=False):
        return self.part(images, training=training)


def feature_extractor(model, layer_name):
    return Extractor(model, layer_name)
