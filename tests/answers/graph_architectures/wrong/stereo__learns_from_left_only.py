"""The right image's features are cut off from the gradient.

question: stereo
fails: test_learns_from_both_eyes
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], layers.Concatenate()([backbone(left), ops.stop_gradient(backbone(right))]))
