"""The second hidden layer used twice.

question: classifier
fails: test_same_outputs
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    first = layers.Dense(32, activation="relu")(inputs)
    again = layers.Dense(32, activation="relu")
    x = again(again(first))
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    return keras.Model(inputs, outputs)
