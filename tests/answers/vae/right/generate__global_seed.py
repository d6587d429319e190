"""Sets every global seed, draws from TensorFlow, returns NumPy.

question: generate
"""


def generate(decoder, num_images, latent_dim, seed):
    """Images for the seed."""
    keras.utils.set_random_seed(seed)
    latents = tf.random.normal(shape=(num_images, latent_dim))
    return decoder(latents).numpy()
