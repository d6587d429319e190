"""Takes seed 0 for none given.

question: generate
fails: test_other_seeds
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, latent_dim), seed=seed or 42))
