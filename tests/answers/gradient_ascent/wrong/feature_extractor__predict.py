"""A function that runs predict: no model, no gradient.

question: feature_extractor
fails: test_leaves_the_model_alone
"""


def feature_extractor(model, layer_name):
    part = keras.Model(model.input, model.get_layer(layer_name).output)
    return lambda images: part.predict(images, verbose=0)
