"""Names in the order asked for, activations in that of the model.

question: feature_extractor
fails: test_two_layers
"""


def build_feature_extractor(model, layer_names):
    outputs = [layer.output for layer in model.layers if layer.name in layer_names]
    extractor = keras.Model(model.input, dict(zip(layer_names, outputs)))
    extractor.trainable = False
    return extractor
