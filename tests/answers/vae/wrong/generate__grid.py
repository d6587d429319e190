"""A grid of points instead of draws.

question: generate
fails: test_other_seeds
"""


def generate(decoder, num_images, latent_dim, seed):
    line = ops.linspace(-3.0, 3.0, num_images)
    return decoder(ops.stack([line] * latent_dim, axis=1))
