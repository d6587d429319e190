"""A new input of fixed size.

question: feature_extractor
fails: test_any_size
"""


def build_feature_extractor(model, layer_names):
    image = keras.Input((5, 7, model.input.shape[-1]))
    extractor = keras.Model(image, keras.Model(model.input, {name: model.get_layer(name).output for name in layer_names})(image))
    extractor.trainable = False
    return extractor
