"""A clone: other weights.

question: feature_extractor
fails: test_first_layer, test_any_layer, test_shares_weights
"""


def feature_extractor(model, layer_name):
    copy = keras.models.clone_model(model)
    return keras.Model(copy.input, copy.get_layer(layer_name).output)
