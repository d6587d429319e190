"""Points around 1.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, latent_dim), mean=1.0, seed=seed))
