"""Returns the points instead of the images.

question: generate
fails: test_shape
"""


def generate(decoder, num_images, latent_dim, seed):
    return keras.random.normal((num_images, latent_dim), seed=seed)
