"""Layers without biases.

question: classifier
fails: test_weights
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu", use_bias=False)(inputs)
    x = layers.Dense(32, activation="relu", use_bias=False)(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
