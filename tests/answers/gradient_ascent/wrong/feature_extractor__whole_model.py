"""The whole model, whatever was asked for.

question: feature_extractor
fails: test_first_layer, test_any_layer
"""


def feature_extractor(model, layer_name):
    return keras.Model(model.input, model.output)
