"""The model's inputs are right, then left.

question: stereo
fails: test_left_then_right
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([right, left], layers.Concatenate()([backbone(left), backbone(right)]))
