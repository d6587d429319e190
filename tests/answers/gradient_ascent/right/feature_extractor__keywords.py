"""Keyword arguments and a name of its own.

question: feature_extractor
"""


def feature_extractor(model, layer_name):
    layer = model.get_layer(name=layer_name)
    return keras.Model(inputs=model.inputs, outputs=layer.output, name="extractor")
