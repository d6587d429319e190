"""The backbone is made trainable, whatever it was.

question: stereo
fails: test_frozen_stays_frozen
"""

def build_stereo_model(backbone):
    backbone.trainable = True
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], layers.Concatenate()([backbone(left), backbone(right)]))
