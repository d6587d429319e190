"""A function that runs predict: no model, no gradient.

question: feature_extractor
fails: test_frozen
"""


def build_feature_extractor(model, layer_names):
    model.trainable = False
    part = keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})
    return lambda images: part.predict(images, verbose=0)
