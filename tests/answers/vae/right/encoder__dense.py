"""No convolutions at all, tanh between, the model made with a tuple.

question: encoder
"""


def build_encoder(image_shape, latent_dim):
    image = layers.Input(image_shape)
    hidden = layers.Dense(50, activation="tanh")(layers.Reshape((-1,))(image))
    heads = layers.Dense(latent_dim)(hidden), layers.Dense(latent_dim, activation="linear")(hidden)
    return keras.Model(inputs=image, outputs=(*heads, Sampling()(heads)))
