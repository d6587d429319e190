"""The last layer whose name begins in this way.

question: feature_extractor
fails: test_two_layers
"""


def build_feature_extractor(model, layer_names):
    outputs = {name: [layer for layer in model.layers if layer.name.startswith(name)][-1].output for name in layer_names}
    extractor = keras.Model(model.input, outputs)
    extractor.trainable = False
    return extractor
