"""Lets no gradient through.

question: feature_extractor
fails: test_leaves_the_model_alone
"""


def feature_extractor(model, layer_name):
    output = model.get_layer(layer_name).output
    return keras.Model(model.input, ops.stop_gradient(output))
