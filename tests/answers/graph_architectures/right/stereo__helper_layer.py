"""The backbone is an attribute of a layer.

question: stereo
"""

class Eyes(layers.Layer):
    def __init__(self, backbone, **kwargs):
        super().__init__(**kwargs)
        self.backbone = backbone

    def call(self, pair):
        left, right = pair
        return ops.concatenate([self.backbone(left), self.backbone(right)], axis=-1)


def build_stereo_model(backbone):
    shape = backbone.input_shape[1:]
    pair = [keras.Input(shape), keras.Input(shape)]
    return keras.Model(pair, Eyes(backbone)(pair))
