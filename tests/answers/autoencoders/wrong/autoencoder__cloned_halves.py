"""The autoencoder is made of clones with copied weights.

question: autoencoder
fails: test_halves_learn_with_the_whole
"""


def build_autoencoder(input_dim, latent_dim):
    inputs = keras.Input(shape=(input_dim,))
    x = layers.Dense(40, activation="relu")(inputs)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(inputs, code)
    latent = keras.Input(shape=(latent_dim,))
    y = layers.Dense(40, activation="relu")(latent)
    decoded = layers.Dense(input_dim, activation="sigmoid")(y)
    decoder = keras.Model(latent, decoded)
    twins = [keras.models.clone_model(half) for half in (encoder, decoder)]
    for twin, half in zip(twins, (encoder, decoder)):
        twin.set_weights(half.get_weights())
    model = keras.Model(inputs, twins[1](twins[0](inputs)))
    return model, encoder, decoder
