"""Freezes one layer after the other.

question: feature_extractor
"""


def build_feature_extractor(model, layer_names):
    features = dict([(layer.name, layer.output) for layer in model.layers if layer.name in layer_names])
    extractor = tf.keras.Model(inputs=model.input, outputs=features)
    for layer in extractor.layers:
        layer.trainable = False
    return extractor
