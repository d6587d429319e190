"""Draws (latent_dim, num_images) points.

question: generate
fails: test_shape
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((latent_dim, num_images), seed=seed))
