"""The backbone is told that it is in training.

question: stereo
fails: test_left_then_right
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    seen = [backbone(image, training=True) for image in (left, right)]
    return keras.Model([left, right], layers.Concatenate()(seen))
