"""Overwrites the dict in each round.

question: feature_extractor
fails: test_two_layers, test_any_layers
"""


def build_feature_extractor(model, layer_names):
    for name in layer_names:
        outputs = {name: model.get_layer(name).output}
    extractor = keras.Model(model.input, outputs)
    extractor.trainable = False
    return extractor
