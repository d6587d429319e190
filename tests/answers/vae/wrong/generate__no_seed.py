"""Ignores the seed: other images each time.

question: generate
fails: test_same_seed
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, latent_dim)))
