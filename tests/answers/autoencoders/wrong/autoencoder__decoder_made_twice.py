"""The separate decoder has layers of its own.

question: autoencoder
fails: test_one_after_the_other, test_halves_learn_with_the_whole
"""


def build_autoencoder(input_dim, latent_dim):
    inputs = keras.Input((input_dim,))
    code = layers.Dense(latent_dim)(layers.Dense(32, activation="relu")(inputs))
    outputs = layers.Dense(input_dim, activation="sigmoid")(layers.Dense(32, activation="relu")(code))
    latent = keras.Input((latent_dim,))
    decoded = layers.Dense(input_dim, activation="sigmoid")(layers.Dense(32, activation="relu")(latent))
    return keras.Model(inputs, outputs), keras.Model(inputs, code), keras.Model(latent, decoded)
