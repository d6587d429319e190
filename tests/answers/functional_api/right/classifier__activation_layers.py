"""Activations as layers and operations of their own.

question: classifier
"""

def build_classifier(input_dim, num_classes):
    start = layers.Input((input_dim,))
    h = layers.ReLU()(layers.Dense(32)(start))
    h = ops.relu(layers.Dense(32)(h))
    return keras.models.Model([start], [layers.Softmax()(layers.Dense(num_classes)(h))])
