"""Softmax over the batch.

question: classifier
fails: test_same_outputs, test_each_row_by_itself
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Softmax(axis=0)(layers.Dense(num_classes)(x))
    return keras.Model(inputs, outputs)
