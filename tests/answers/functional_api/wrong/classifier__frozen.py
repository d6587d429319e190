"""The hidden layers are not trained.

question: classifier
fails: test_weights
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    x = layers.Dense(32, activation="relu")(inputs)
    x = layers.Dense(32, activation="relu")(x)
    outputs = layers.Dense(num_classes, activation="softmax")(x)
    model = keras.Model(inputs, outputs)
    model.layers[1].trainable = False
    return model
