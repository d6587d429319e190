"""64 features, whatever is asked for.

question: classifier
fails: test_weights, test_functional
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((64,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
