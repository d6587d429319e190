"""A SeedGenerator, and one prediction on the whole batch.

question: generate
"""


def draw_points(count, size, seed):
    return keras.random.normal(shape=(count, size), mean=0.0, stddev=1.0, seed=keras.random.SeedGenerator(seed))


def generate(decoder, num_images, latent_dim, seed=None):
    return decoder.predict_on_batch(draw_points(num_images, latent_dim, seed))
