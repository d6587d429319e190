"""Layers in the order of the list, as if they formed a chain.

question: feature_extractor
fails: test_any_layer
"""


def feature_extractor(model, layer_name):
    names = [layer.name for layer in model.layers]
    return keras.Sequential([keras.Input(model.input.shape[1:]), *model.layers[1 : names.index(layer_name) + 1]])
