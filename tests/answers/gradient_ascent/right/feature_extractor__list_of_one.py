"""Lists of one input and one output, which a functional model takes for the tensors themselves.

question: feature_extractor
"""


def feature_extractor(model, layer_name):
    layer = model.get_layer(layer_name)
    return keras.Model(inputs=[model.inputs[0]], outputs=[layer.output])
