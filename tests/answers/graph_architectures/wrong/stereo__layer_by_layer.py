"""Calls the backbone's layers one after the other, as if they were a chain.

question: stereo
fails: test_maps
"""


def build_stereo_model(backbone):
    def run(x):
        for layer in backbone.layers[1:]:
            x = layer(x)
        return x

    left, right = (keras.Input(backbone.input_shape[1:]) for _ in range(2))
    return keras.Model([left, right], layers.Concatenate()([run(left), run(right)]))
