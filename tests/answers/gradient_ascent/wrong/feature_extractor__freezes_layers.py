"""Freezes every layer of the model on the way.

question: feature_extractor
fails: test_leaves_the_model_alone
"""


def feature_extractor(model, layer_name):
    for layer in model.layers:
        layer.trainable = False
    return keras.Model(model.input, model.get_layer(layer_name).output)
