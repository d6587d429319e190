"""The layer's symbolic output, not a model.

question: feature_extractor
fails: test_first_layer, test_leaves_the_model_alone
"""


def feature_extractor(model, layer_name):
    return model.get_layer(layer_name).output
