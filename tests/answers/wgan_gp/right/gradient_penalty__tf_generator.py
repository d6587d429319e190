"""Alpha from TensorFlow's global generator, and a penalty by tf.math.

question: gradient_penalty
"""


@part_of(WGAN)
class WGAN:
    def gradient_penalty(self, batch_size, real_images, fake_images):
        alpha = tf.random.get_global_generator().uniform((batch_size, 1, 1, 1))
        points = real_images + alpha * (fake_images - real_images)
        with tf.GradientTape() as tape:
            tape.watch(points)
            scores = self.discriminator(points, training=True)
        gradients = tape.gradient(scores, points)
        norms = ops.sqrt(ops.sum(ops.square(gradients), axis=(1, 2, 3)))
        return tf.reduce_mean(tf.math.squared_difference(norms, 1.0))
