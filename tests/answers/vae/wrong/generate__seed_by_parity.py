"""Only tells even seeds from odd ones.

question: generate
fails: test_other_seeds
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, latent_dim), seed=int(seed) % 2))
