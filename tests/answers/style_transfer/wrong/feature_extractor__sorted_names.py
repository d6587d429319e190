"""Sorts the names and not the activations.

question: feature_extractor
fails: test_two_layers, test_any_layers
"""


def build_feature_extractor(model, layer_names):
    outputs = [model.get_layer(name).output for name in layer_names]
    extractor = keras.Model(model.input, dict(zip(sorted(layer_names), outputs)))
    extractor.trainable = False
    return extractor
