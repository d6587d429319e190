"""Inputs with names, and the function concatenate.

question: stereo
"""

def build_stereo_model(backbone):
    left = keras.Input(shape=backbone.input_shape[1:], name="left")
    right = keras.Input(shape=backbone.input_shape[1:], name="right")
    left_features = backbone(left)
    right_features = backbone(right)
    merged = layers.concatenate([left_features, right_features], axis=-1)
    return keras.Model(inputs=[left, right], outputs=merged, name="stereo")
