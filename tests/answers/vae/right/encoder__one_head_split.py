"""One dense layer of twice the width, cut in two.

question: encoder
"""


def build_encoder(image_shape, latent_dim):
    image = keras.Input(image_shape)
    x = layers.Conv2D(12, 4, strides=2, padding="same")(image)
    x = layers.LeakyReLU()(x)
    x = layers.Flatten()(x)
    both = layers.Dense(2 * latent_dim)(x)
    z_mean, z_log_var = both[:, :latent_dim], both[:, latent_dim:]
    return keras.Model(image, [z_mean, z_log_var, Sampling()([z_mean, z_log_var])])
