"""Looks for the layer in the list of layers.

question: feature_extractor
"""


def feature_extractor(model, layer_name):
    for layer in model.layers:
        if layer.name == layer_name:
            return keras.models.Model(model.input, layer.output)
    raise ValueError(f"no layer is called {layer_name}")
