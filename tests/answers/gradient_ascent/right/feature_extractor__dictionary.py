"""Finds the layer in a dictionary of outputs; the input as one tensor.

question: feature_extractor
"""


def feature_extractor(model, layer_name):
    outputs = {layer.name: layer.output for layer in model.layers}
    return tf.keras.Model(inputs=model.inputs[0], outputs=outputs[layer_name])
