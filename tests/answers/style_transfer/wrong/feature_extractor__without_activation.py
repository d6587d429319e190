"""Takes the activation functions off.

question: feature_extractor
fails: test_two_layers, test_any_layers, test_one_layer
"""


def build_feature_extractor(model, layer_names):
    for name in layer_names:
        model.get_layer(name).activation = keras.activations.linear
    extractor = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    extractor.trainable = False
    return extractor
