"""A clone that gets the weights of the moment.

question: feature_extractor
fails: test_shares_weights
"""


def build_feature_extractor(model, layer_names):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    extractor = keras.Model(copy.input, {name: copy.get_layer(name).output for name in layer_names})
    extractor.trainable = False
    return extractor
