"""Gives the model new weights on the way.

question: feature_extractor
fails: test_two_layers, test_shares_weights
"""


def build_feature_extractor(model, layer_names):
    for layer in model.layers:
        layer.set_weights([0.5 * weight for weight in layer.get_weights()])
    extractor = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    extractor.trainable = False
    return extractor
