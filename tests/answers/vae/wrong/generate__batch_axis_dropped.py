"""Squeezes a batch of one image away.

question: generate
fails: test_shape
"""


def generate(decoder, num_images, latent_dim, seed):
    return ops.squeeze(decoder(keras.random.normal((num_images, latent_dim), seed=seed)))
