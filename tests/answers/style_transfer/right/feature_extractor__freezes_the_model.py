"""Freezes the model first.

question: feature_extractor
"""


def build_feature_extractor(model, layer_names):
    model.trainable = False
    outputs = {name: model.get_layer(name).output for name in layer_names}
    return keras.Model(inputs=model.inputs, outputs=outputs)
