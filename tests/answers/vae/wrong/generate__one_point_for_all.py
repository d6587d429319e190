"""One point, repeated for all images.

question: generate
fails: test_independent, test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(ops.repeat(keras.random.normal((1, latent_dim), seed=seed), num_images, axis=0))
