"""A sigmoid for each class.

question: classifier
fails: test_same_outputs
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Dense(num_classes, activation="sigmoid")(x)
    return keras.Model(inputs, outputs)
