"""Off by one.

question: feature_extractor
fails: test_two_layers, test_any_layers
"""


def build_feature_extractor(model, layer_names):
    names = [layer.name for layer in model.layers]
    extractor = keras.Model(model.input, {name: model.layers[names.index(name) - 1].output for name in layer_names})
    extractor.trainable = False
    return extractor
