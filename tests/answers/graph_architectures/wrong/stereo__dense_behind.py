"""A Dense layer behind the features.

question: stereo
fails: test_left_then_right, test_weights_once
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    features = layers.Concatenate()([backbone(left), backbone(right)])
    return keras.Model([left, right], layers.Dense(features.shape[-1])(features))
