"""A new input of fixed size.

question: feature_extractor
fails: test_any_size
"""


def feature_extractor(model, layer_name):
    channels = model.input.shape[-1]
    inputs = keras.Input((5, 7, channels))
    part = keras.Model(model.input, model.get_layer(layer_name).output)
    return keras.Model(inputs, part(inputs))
