"""Returns both features as a list.

question: stereo
fails: test_left_then_right
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], [backbone(left), backbone(right)])
