"""The backbone is frozen.

question: stereo
fails: test_frozen_stays_frozen, test_learns_from_both_eyes
"""

def build_stereo_model(backbone):
    backbone.trainable = False
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], layers.Concatenate()([backbone(left), backbone(right)]))
