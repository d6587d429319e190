"""The backbone is told that it is not in training.

question: stereo
fails: test_training_is_passed_on
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    seen = [backbone(image, training=False) for image in (left, right)]
    return keras.Model([left, right], layers.Concatenate()(seen))
