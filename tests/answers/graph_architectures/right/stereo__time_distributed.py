"""The two images stacked, the backbone run along the new axis.

question: stereo
"""

def build_stereo_model(backbone):
    left, right = keras.Input(backbone.input_shape[1:]), keras.Input(backbone.input_shape[1:])
    both = ops.stack([left, right], axis=1)
    features = layers.TimeDistributed(backbone)(both)
    return keras.Model([left, right], layers.Concatenate()([features[:, 0], features[:, 1]]))
