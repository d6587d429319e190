"""The last layer whose name begins in the same way.

question: feature_extractor
fails: test_first_layer
"""


def feature_extractor(model, layer_name):
    found = [layer for layer in model.layers if layer.name.startswith(layer_name)]
    return keras.Model(model.input, found[-1].output)
