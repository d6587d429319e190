"""One model for each layer, in a dict.

question: feature_extractor
fails: test_two_layers, test_frozen
"""


def build_feature_extractor(model, layer_names):
    model.trainable = False
    return {name: keras.Model(model.input, model.get_layer(name).output) for name in layer_names}
