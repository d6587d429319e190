"""The right eye has a copy of the backbone.

question: stereo
fails: test_weights_once, test_learns_from_both_eyes
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    copy = keras.models.clone_model(backbone)
    copy = keras.Model(copy.inputs, copy.outputs[0], name="copy")
    copy.set_weights(backbone.get_weights())
    return keras.Model([left, right], layers.Concatenate()([backbone(left), copy(right)]))
