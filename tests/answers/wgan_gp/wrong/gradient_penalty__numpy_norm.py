"""The norms by NumPy, so that the critic cannot learn from them.

question: gradient_penalty
fails: test_critic_learns_from_it, test_in_a_graph
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
        norms = np.sqrt(np.sum(np.square(gradients), axis=(1, 2, 3)))
        return ops.mean(ops.square(norms - 1))
