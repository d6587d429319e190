"""Both halves come from the left image.

question: stereo
fails: test_left_then_right, test_learns_from_both_eyes, test_sees_the_shift
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    features = backbone(left)
    return keras.Model([left, right], layers.Concatenate()([features, features]))
