"""Inputs like the backbone's own, in a tuple.

question: stereo
"""

def build_stereo_model(backbone):
    inputs = tuple(keras.Input(batch_shape=backbone.input_shape) for _ in ("left", "right"))
    return keras.Model(inputs, layers.Concatenate(axis=-1)(list(map(backbone, inputs))))
