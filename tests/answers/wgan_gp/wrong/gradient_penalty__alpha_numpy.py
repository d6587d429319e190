"""Alpha drawn by NumPy: in graph mode once and for all, or not at all.

question: gradient_penalty
fails: test_in_a_graph
"""


@part_of(WGAN)
class WGAN:
    def gradient_penalty(self, batch_size, real_images, fake_images):
        alpha = np.random.uniform(size=(batch_size, 1, 1, 1)).astype("float32")
        points = real_images + alpha * (fake_images - real_images)
        with tf.GradientTape() as tape:
            tape.watch(points)
            scores = self.discriminator(points, training=True)
        gradients = tape.gradient(scores, points)
        norms = ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2, 3)))
        return ops.mean(ops.square(norms - 1))
