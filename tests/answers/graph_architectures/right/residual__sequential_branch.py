"""A Sequential for the branch, Activation layers, the shortcut made first.

question: residual
"""

def residual_block(x, filters, downsample):
    same = not downsample and int(x.shape[3]) == filters
    if same:
        shortcut = layers.Identity()(x)
    else:
        shortcut = layers.Conv2D(filters, kernel_size=1, strides=(2, 2) if downsample else (1, 1), padding="same", activation=None)(x)
    steps = []
    for _ in range(3):
        steps += [layers.Conv2D(filters, 3, padding="same"), layers.ReLU()]
    if downsample:
        steps.append(layers.MaxPooling2D(pool_size=2, strides=2, padding="same"))
    return layers.Add()([shortcut, keras.Sequential(steps)(x)])
