"""Joined on axis 1: right for vectors, wrong for maps.

question: stereo
fails: test_maps
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], layers.Concatenate(axis=1)([backbone(left), backbone(right)]))
