"""Uniform points with mean 0 and variance 1.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.uniform((num_images, latent_dim), minval=-(3**0.5), maxval=3**0.5, seed=seed))
