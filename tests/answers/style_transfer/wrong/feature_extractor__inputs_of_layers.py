"""What goes into the layers, and not what comes out.

question: feature_extractor
fails: test_two_layers, test_any_layers, test_one_layer
"""


def build_feature_extractor(model, layer_names):
    extractor = keras.Model(model.input, {name: model.get_layer(name).input for name in layer_names})
    extractor.trainable = False
    return extractor
