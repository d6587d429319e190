"""Freezes the first convolution only.

question: feature_extractor
fails: test_frozen
"""


def build_feature_extractor(model, layer_names):
    model.layers[1].trainable = False
    return keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
