"""A NumPy generator, float64 points, predict.

question: generate
"""


def generate(decoder, num_images, latent_dim, seed):
    rng = np.random.default_rng(seed)
    points = rng.standard_normal(size=(num_images, latent_dim))
    return decoder.predict(points, verbose=0)
