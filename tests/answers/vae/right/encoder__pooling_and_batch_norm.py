"""Max pooling, batch normalization, dropout, global pooling; the trunk is a Sequential model.

question: encoder
"""


def build_encoder(image_shape, latent_dim):
    trunk = keras.Sequential(
        [
            layers.Conv2D(16, 3, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.1),
            layers.Conv2D(32, 3, padding="same", activation="gelu"),
            layers.GlobalAveragePooling2D(),
        ],
        name="trunk",
    )
    image = keras.Input(image_shape)
    features = trunk(image)
    z_mean = layers.Dense(latent_dim, name="mean")(features)
    z_log_var = layers.Dense(latent_dim, name="log_var")(features)
    return keras.Model(image, [z_mean, z_log_var, Sampling(name="sample")([z_mean, z_log_var])])
