"""Takes the activation function off the layer.

question: feature_extractor
fails: test_first_layer
"""


def feature_extractor(model, layer_name):
    layer = model.get_layer(layer_name)
    layer.activation = keras.activations.linear
    return keras.Model(model.input, layer.output)
