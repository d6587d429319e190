"""Decodes one point after the other and joins the images.

question: generate
"""


def generate(decoder, num_images, latent_dim, seed):
    points = np.random.RandomState(seed).randn(num_images, latent_dim).astype("float32")
    return ops.concatenate([decoder(point[None]) for point in points], axis=0)
