"""A loop over the widths.

question: classifier
"""

def build_classifier(input_dim, num_classes):
    tensor = features = keras.Input(shape=(input_dim,), dtype="float32", name="features")
    for width in (32, 32):
        tensor = layers.Dense(units=width, activation=keras.activations.relu)(tensor)
    return keras.Model(inputs=features, outputs=layers.Dense(num_classes, keras.activations.softmax)(tensor), name="twin")
