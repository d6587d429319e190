"""A clone: other weights.

question: feature_extractor
fails: test_two_layers, test_any_layers, test_shares_weights
"""


def build_feature_extractor(model, layer_names):
    model = keras.models.clone_model(model)
    extractor = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    extractor.trainable = False
    return extractor
