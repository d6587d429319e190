"""A connection past the second layer.

question: classifier
fails: test_same_outputs
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    first = layers.Dense(32, activation="relu")(inputs)
    x = layers.Add()([first, layers.Dense(32, activation="relu")(first)])
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
