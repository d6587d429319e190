"""The first name only.

question: feature_extractor
fails: test_two_layers, test_any_layers
"""


def build_feature_extractor(model, layer_names):
    extractor = keras.Model(model.input, {layer_names[0]: model.get_layer(layer_names[0]).output})
    extractor.trainable = False
    return extractor
