"""A subclass around a model of a list of outputs.

question: feature_extractor
"""


class Features(keras.Model):
    """Gives names to the outputs of a part of a model."""

    def __init__(self, model, names):
        super().__init__()
        self.names = list(names)
        self.part = keras.Model(model.input, [model.get_layer(name).output for name in names])
        self.part.trainable = False

    def call(self, images):
        outputs = self.part(images)
        if len(self.names) == 1 and not isinstance(outputs, (list, tuple)):
            outputs = [outputs]
        return {name: output for name, output in zip(self.names, outputs)}


def build_feature_extractor(model, layer_names):
    return Features(model, layer_names)
