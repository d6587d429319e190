"""A Dense layer on every second pixel projects; ReLU as an operation.

question: residual
"""

def residual_block(x, filters, downsample):
    y = x
    for i in range(3):
        y = keras.ops.relu(layers.Conv2D(filters, (3, 3), padding="same")(y))
    s = x
    if downsample:
        y = layers.MaxPool2D((2, 2), strides=(2, 2), padding="same")(y)
        s = x[:, ::2, ::2]
    if downsample or x.shape[-1] != filters:
        s = layers.Dense(filters)(s)
    return ops.add(s, y)
