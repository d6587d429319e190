"""Returns a list of batches of one.

question: generate
fails: test_shape
"""


def generate(decoder, num_images, latent_dim, seed):
    points = keras.random.normal((num_images, latent_dim), seed=seed)
    return [decoder(point[None]) for point in points]
