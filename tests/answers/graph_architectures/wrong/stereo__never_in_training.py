"""A layer around the backbone tells it that it is not in training.

question: stereo
fails: test_training_is_passed_on
"""

class Eyes(layers.Layer):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone

    def call(self, pair):
        return ops.concatenate([self.backbone(image, training=False) for image in pair], axis=-1)


def build_stereo_model(backbone):
    pair = [keras.Input(backbone.input_shape[1:]) for _ in range(2)]
    return keras.Model(pair, Eyes(backbone)(pair))
