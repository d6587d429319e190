"""Uniform points from 0 to 1.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.uniform((num_images, latent_dim), seed=seed))
