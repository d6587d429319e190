"""For one name its activation, without a dict.

question: feature_extractor
fails: test_one_layer
"""


def build_feature_extractor(model, layer_names):
    outputs = [model.get_layer(name).output for name in layer_names]
    extractor = keras.Model(model.input, dict(zip(layer_names, outputs)) if len(outputs) > 1 else outputs[0])
    extractor.trainable = False
    return extractor
