"""One hidden layer.

question: classifier
fails: test_weights, test_same_outputs
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu")(inputs)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
