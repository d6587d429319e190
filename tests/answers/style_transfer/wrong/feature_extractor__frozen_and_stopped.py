"""Freezes, and lets no gradient through to the images.

question: feature_extractor
fails: test_frozen
"""


def build_feature_extractor(model, layer_names):
    extractor = keras.Model(model.input, {name: ops.stop_gradient(model.get_layer(name).output) for name in layer_names})
    extractor.trainable = False
    return extractor
