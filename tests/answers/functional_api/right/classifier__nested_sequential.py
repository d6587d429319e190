"""The Sequential, called as a layer.

question: classifier
"""

def build_classifier(input_dim, num_classes):
    inputs = keras.Input((input_dim,))
    return keras.Model(inputs, build_sequential(input_dim, num_classes)(inputs))
