"""Decodes one point after the other and joins the images.

question: generate
"""


def generate(decoder, num_images, latent_dim, seed):
    points = np.random.RandomState(seed).randn(num_images, latent_dim).astype("float32")
    halves = [decoder(half) for half in np.array_split(points, 2) if len(half)]
    return ops.concatenate(halves, axis=0)
