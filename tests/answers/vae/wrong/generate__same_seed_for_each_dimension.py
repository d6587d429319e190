"""Draws each dimension with the same seed.

question: generate
fails: test_independent
"""


def generate(decoder, num_images, latent_dim, seed):
    columns = [keras.random.normal((num_images,), seed=seed) for _ in range(latent_dim)]
    return decoder(ops.stack(columns, axis=1))
