"""The features are flattened before they are joined.

question: stereo
fails: test_maps
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    return keras.Model([left, right], layers.Concatenate()([layers.Flatten()(backbone(left)), layers.Flatten()(backbone(right))]))
