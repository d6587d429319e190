"""Stops the gradients instead of freezing the weights.

question: feature_extractor
fails: test_frozen
"""


def build_feature_extractor(model, layer_names):
    outputs = {name: ops.stop_gradient(model.get_layer(name).output) for name in layer_names}
    return keras.Model(model.input, outputs)
