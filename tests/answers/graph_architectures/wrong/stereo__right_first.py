"""The features of right come first.

question: stereo
fails: test_left_then_right, test_maps
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], layers.Concatenate()([backbone(right), backbone(left)]))
