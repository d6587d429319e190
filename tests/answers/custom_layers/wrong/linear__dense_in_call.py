"""A new Dense in every call.

question: linear
fails: test_weights_whatever_the_leading_axes, test_affine_map_over_leading_axes
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def call(self, inputs):
        return layers.Dense(self.units)(inputs)

    def get_config(self):
        return {**super().get_config(), "units": self.units}
