"""One number for all dimensions of a point.

question: generate
fails: test_independent
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(ops.repeat(keras.random.normal((num_images, 1), seed=seed), latent_dim, axis=1))
