"""A function, put into the class by hand.

question: gradient_penalty
"""


def gradient_penalty(self, batch_size, real_images, fake_images):
    alpha = keras.random.uniform((batch_size, 1, 1, 1))
    points = fake_images - alpha * (fake_images - real_images)
    with tf.GradientTape() as tape:
        tape.watch(points)
        scores = self.discriminator(points, training=True)
    gradients = tape.gradient(scores, points)
    norms = tf.math.reduce_euclidean_norm(gradients, axis=[1, 2, 3])
    return ops.mean(norms**2 - 2 * norms + 1)


WGAN.gradient_penalty = gradient_penalty
