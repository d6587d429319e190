"""Freezes only the layers that were asked for.

question: feature_extractor
fails: test_frozen
"""


def build_feature_extractor(model, layer_names):
    for name in layer_names:
        model.get_layer(name).trainable = False
    return keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
