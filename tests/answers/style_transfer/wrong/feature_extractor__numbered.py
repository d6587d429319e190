"""Numbers for keys.

question: feature_extractor
fails: test_two_layers, test_any_layers, test_one_layer
"""


def build_feature_extractor(model, layer_names):
    extractor = keras.Model(model.input, {str(i): model.get_layer(name).output for i, name in enumerate(layer_names)})
    extractor.trainable = False
    return extractor
