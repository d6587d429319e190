"""Builds the network and asks Keras.

question: count_parameters
fails: test_without_building
"""

def count_parameters(input_dim, units):
    model = keras.Sequential([keras.Input((input_dim,)), *[layers.Dense(u) for u in units]])
    return model.count_params()
