"""Layers made once, outside.

question: classifier
fails: test_a_new_model_each_time
"""

_made = {}


def build_classifier(input_dim, num_classes):
    if (input_dim, num_classes) not in _made:
        _made[input_dim, num_classes] = layers.Dense(32, "relu"), layers.Dense(32, "relu"), layers.Dense(num_classes, "softmax")
    x = inputs = keras.Input((input_dim,))
    for layer in _made[input_dim, num_classes]:
        x = layer(x)
    return keras.Model(inputs, x)
