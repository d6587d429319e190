"""Always the last convolution.

question: feature_extractor
fails: test_first_layer, test_any_layer
"""


def feature_extractor(model, layer_name):
    last = [layer for layer in model.layers if isinstance(layer, layers.Conv2D)][-1]
    return keras.Model(model.input, last.output)
