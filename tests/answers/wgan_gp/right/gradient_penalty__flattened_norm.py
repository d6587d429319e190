"""The gradient flattened, and a norm from the library.

question: gradient_penalty
"""


@part_of(WGAN)
class WGAN:
    def gradient_penalty(self, batch_size, real_images, fake_images):
        alpha = keras.random.uniform((batch_size, 1, 1, 1))
        points = real_images + alpha * (fake_images - real_images)
        with tf.GradientTape() as tape:
            tape.watch(points)
            scores = self.discriminator(points, training=True)
        gradients = tape.gradient(scores, points)
        norms = tf.norm(tf.reshape(gradients, (batch_size, -1)), axis=1)
        return ops.mean(ops.square(norms - 1))
