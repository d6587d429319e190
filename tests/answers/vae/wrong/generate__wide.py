"""A spread of two.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(2 * keras.random.normal((num_images, latent_dim), seed=seed))
