"""A dict filled in a loop, every layer of the model frozen on the way.

question: feature_extractor
"""


def build_feature_extractor(model, layer_names):
    outputs = {}
    for layer in model.layers:
        layer.trainable = False
        if layer.name in set(layer_names):
            outputs[layer.name] = layer.output
    return keras.Model(model.input, outputs)
