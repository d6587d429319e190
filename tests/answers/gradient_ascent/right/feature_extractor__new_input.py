"""A new input, sent through the shared layers once more.

question: feature_extractor
"""


def feature_extractor(model, layer_name):
    inputs = keras.Input(model.input.shape[1:])
    inner = keras.Model(model.input, model.get_layer(layer_name).output)
    return keras.Model(inputs, inner(inputs))
