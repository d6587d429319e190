"""Layers in the order of the list, as if they formed a chain.

question: feature_extractor
fails: test_any_layers
"""


def build_feature_extractor(model, layer_names):
    image = keras.Input(model.input.shape[1:])
    x, outputs = image, {}
    for layer in model.layers[1:]:
        x = layer([x, x]) if isinstance(layer, layers.Add) else layer(x)
        if layer.name in layer_names:
            outputs[layer.name] = x
        if len(outputs) == len(layer_names):
            break
    extractor = keras.Model(image, outputs)
    extractor.trainable = False
    return extractor
