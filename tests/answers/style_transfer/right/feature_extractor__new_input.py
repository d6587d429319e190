"""A new input, sent through the shared layers once more.

question: feature_extractor
"""


def build_feature_extractor(model, layer_names):
    inner = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    inner.trainable = False
    image = keras.Input(model.input.shape[1:])
    return keras.Model(image, inner(image))
