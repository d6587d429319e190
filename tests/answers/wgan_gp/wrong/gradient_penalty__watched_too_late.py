"""The points are watched after they were scored: too late for a critic whose first layer has no weights.

question: gradient_penalty
fails: test_each_example_has_its_slope, test_points_on_the_lines
"""


@part_of(WGAN)
class WGAN:
    def gradient_penalty(self, batch_size, real_images, fake_images):
        alpha = keras.random.uniform((batch_size, 1, 1, 1))
        points = real_images + alpha * (fake_images - real_images)
        with tf.GradientTape() as tape:
            scores = self.discriminator(points, training=True)
            tape.watch(points)
        gradients = tape.gradient(scores, points)
        norms = ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2, 3)))
        return ops.mean(ops.square(norms - 1))
