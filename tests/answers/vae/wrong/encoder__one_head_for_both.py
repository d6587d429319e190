"""One head serves as mean and log-variance.

question: encoder
fails: test_separate_heads
"""


def build_encoder(image_shape, latent_dim):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    x = layers.Dense(32, activation="relu")(x)
    z_mean = layers.Dense(latent_dim)(x)
    z_log_var = z_mean
    z = Sampling()((z_mean, z_log_var))
    return keras.Model(images, [z_mean, z_log_var, z])
