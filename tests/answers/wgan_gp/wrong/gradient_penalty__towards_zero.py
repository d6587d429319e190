"""The slope is drawn to 0 instead of 1.

question: gradient_penalty
fails: test_linear_critic, test_measures_a_distance
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
        norms = ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2, 3)))
        return ops.mean(ops.square(norms))
