"""Dense layers only, reshaped at the end, in a Sequential model with an input.

question: decoder
"""


def build_decoder(latent_dim, image_shape):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(40, activation="tanh"),
            layers.Dense(int(np.prod(image_shape)), activation="sigmoid"),
            layers.Reshape(image_shape),
        ]
    )
