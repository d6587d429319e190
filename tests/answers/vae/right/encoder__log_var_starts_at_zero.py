"""The log-variance head starts at zero, a common and sensible choice; ELU between.

question: encoder
"""


def build_encoder(image_shape, latent_dim):
    image = keras.Input(image_shape)
    x = image
    for filters in (8, 16):
        x = layers.Conv2D(filters, 3, strides=2, padding="same", activation="elu")(x)
    x = layers.Dense(20, activation="elu")(layers.Flatten()(x))
    z_mean = layers.Dense(latent_dim)(x)
    z_log_var = layers.Dense(latent_dim, kernel_initializer="zeros", bias_initializer=keras.initializers.Constant(-1.0))(x)
    sampling = Sampling()
    z = sampling((z_mean, z_log_var))
    return keras.Model(image, [z_mean, z_log_var, z])
