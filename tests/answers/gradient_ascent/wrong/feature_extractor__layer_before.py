"""What goes into the layer, and not what comes out.

question: feature_extractor
fails: test_first_layer, test_any_layer
"""


def feature_extractor(model, layer_name):
    return keras.Model(model.input, model.get_layer(layer_name).input)
