"""Two lists, put together.

question: feature_extractor
"""


def build_feature_extractor(model, layer_names):
    tensors = [model.get_layer(name=name).output for name in layer_names]
    extractor = keras.models.Model(model.inputs[0], dict(zip(layer_names, tensors)), name="features")
    extractor.trainable = False
    return extractor
