"""A clone that gets the weights of the moment.

question: feature_extractor
fails: test_shares_weights
"""


def feature_extractor(model, layer_name):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return keras.Model(copy.input, copy.get_layer(layer_name).output)
