"""Always the same seed.

question: generate
fails: test_other_seeds, test_independent
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, latent_dim), seed=42))
