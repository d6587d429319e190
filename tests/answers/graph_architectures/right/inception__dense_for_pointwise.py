"""Dense layers are the 1×1 convolutions; stride 2 is a slice.

question: inception
"""

def inception_module(x, filters):
    a = layers.Dense(filters, activation="relu")(x[:, ::2, ::2, :])
    b = layers.Dense(filters, activation="relu")(x)
    b = ops.relu(layers.Conv2D(filters, 3, strides=2, padding="same")(b))
    c = layers.AveragePooling2D((3, 3), strides=2, padding="same")(x)
    c = ops.relu(layers.Conv2D(filters, 3, padding="same")(c))
    d = layers.Dense(filters, activation="relu")(x)
    d = ops.relu(layers.Conv2D(filters, 3, padding="same")(d))
    d = ops.relu(layers.Conv2D(filters, 3, strides=2, padding="same")(d))
    return ops.concatenate([b, a, d, c], axis=-1)
