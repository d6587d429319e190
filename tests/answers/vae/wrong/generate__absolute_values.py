"""Half a normal distribution: absolute values.

question: generate
fails: test_standard_normal
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(ops.abs(keras.random.normal((num_images, latent_dim), seed=seed)))
