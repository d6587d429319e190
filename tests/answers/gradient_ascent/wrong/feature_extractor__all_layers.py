"""A list of all outputs up to the layer.

question: feature_extractor
fails: test_first_layer, test_any_layer
"""


def feature_extractor(model, layer_name):
    outputs = []
    for layer in model.layers:
        outputs.append(layer.output)
        if layer.name == layer_name:
            break
    return keras.Model(model.input, outputs)
