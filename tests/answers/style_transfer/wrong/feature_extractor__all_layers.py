"""A dict of all layers.

question: feature_extractor
fails: test_two_layers, test_any_layers, test_one_layer
"""


def build_feature_extractor(model, layer_names):
    extractor = keras.Model(model.input, {layer.name: layer.output for layer in model.layers})
    extractor.trainable = False
    return extractor
