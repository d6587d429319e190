"""A spread of one half, for "nicer" images.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, latent_dim), stddev=0.5, seed=seed))
