"""Freezes the convolutions and forgets the normalization.

question: feature_extractor
fails: test_frozen
"""


def build_feature_extractor(model, layer_names):
    for layer in model.layers:
        if isinstance(layer, layers.Conv2D):
            layer.trainable = False
    return keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
