"""Always two latent dimensions.

question: generate
fails: test_shape
"""


def generate(decoder, num_images, latent_dim, seed):
    return decoder(keras.random.normal((num_images, 2), seed=seed))
