"""The branches are lists of (size, stride), built in a loop.

question: inception
"""

def inception_module(x, filters):
    results = []
    for recipe in [[(1, 2)], [(1, 1), (3, 2)], ["pool", (3, 1)], [(1, 1), (3, 1), (3, 2)]]:
        y = x
        for step in recipe:
            if step == "pool":
                y = keras.layers.AveragePooling2D(pool_size=3, strides=2, padding="same")(y)
            else:
                size, stride = step
                y = keras.layers.Conv2D(filters, size, stride, padding="same", activation=keras.activations.relu, kernel_initializer="he_normal")(y)
        results.append(y)
    return keras.layers.Concatenate()(results)
