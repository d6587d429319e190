"""Not a class at all: a function that returns a Sequential model.

question: simple_mlp
"""

def SimpleMLP(hidden_units, num_classes):
    return keras.Sequential([layers.Dense(hidden_units, activation="relu"), layers.Dense(num_classes, activation="softmax")])
