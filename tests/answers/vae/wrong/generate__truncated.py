"""Truncated normal points.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.truncated_normal((num_images, latent_dim), seed=seed))
