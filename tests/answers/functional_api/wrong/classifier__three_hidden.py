"""A hidden layer too many.

question: classifier
fails: test_weights
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
