"""Two small models of their own for the heads, and 'valid' padding that happens to drop nothing.

question: encoder
"""


def head(units, size, name):
    features = keras.Input((size,))
    return keras.Model(features, layers.Dense(units)(layers.Dense(16, activation="relu")(features)), name=name)


def build_encoder(image_shape, latent_dim):
    image = keras.Input(image_shape)
    x = layers.Conv2D(10, 2, strides=2, padding="valid", activation="relu")(image)
    x = layers.Flatten()(x)
    z_mean, z_log_var = (head(latent_dim, x.shape[-1], name)(x) for name in ("mean_head", "log_var_head"))
    return keras.Model(image, [z_mean, z_log_var, Sampling()((z_mean, z_log_var))])
