"""The layer before the one that was asked for.

question: feature_extractor
fails: test_first_layer, test_any_layer
"""


def feature_extractor(model, layer_name):
    names = [layer.name for layer in model.layers]
    return keras.Model(model.input, model.layers[names.index(layer_name) - 1].output)
