"""TensorFlow's stateless normal numbers; the decoder called on a tensor.

question: generate
"""


def generate(decoder, num_images, latent_dim, seed):
    z = tf.random.stateless_normal([num_images, latent_dim], seed=[seed, 0])
    return decoder(z, training=False)
