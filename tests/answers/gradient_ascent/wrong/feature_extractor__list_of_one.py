"""A model that puts out a list of one tensor.

question: feature_extractor
fails: test_first_layer, test_any_layer
"""


def feature_extractor(model, layer_name):
    return keras.Model(model.inputs, [model.get_layer(layer_name).output])
