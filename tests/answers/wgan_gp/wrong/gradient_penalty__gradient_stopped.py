"""No gradient flows from the penalty to the critic.

question: gradient_penalty
fails: test_critic_learns_from_it, test_measures_a_distance
"""


@part_of(WGAN)
class WGAN:
    def gradient_penalty(self, batch_size, real_images, fake_images):
        alpha = keras.random.uniform((batch_size, 1, 1, 1))
        points = real_images + alpha * (fake_images - real_images)
        with tf.GradientTape() as tape:
            tape.watch(points)
            scores = self.discriminator(points, training=True)
        gradients = ops.stop_gradient(tape.gradient(scores, points))
        norms = ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2, 3)))
        return ops.mean(ops.square(norms - 1))
