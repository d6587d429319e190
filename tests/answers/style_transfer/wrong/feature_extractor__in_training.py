"""A subclass that runs the layers as in training.

question: feature_extractor
fails: test_any_layers
"""


class Features(keras.Model):
    def __init__(self, part):
        super().__init__()
        self.part = part
        self.part.trainable = False

    def call(self, images):
        return self.part(images, training=True)


def build_feature_extractor(model, layer_names):
    return Features(keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names}))
