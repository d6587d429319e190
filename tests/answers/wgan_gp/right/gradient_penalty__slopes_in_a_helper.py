"""Points and slopes by helper methods.

question: gradient_penalty
"""


@part_of(WGAN)
class WGAN:
    def points_between(self, real_images, fake_images):
        alpha = 1 - keras.random.uniform((ops.shape(real_images)[0], 1, 1, 1))
        return (1 - alpha) * real_images + alpha * fake_images

    def slopes(self, images):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(images)
            total = ops.sum(self.discriminator(images, training=True))
        return ops.norm(ops.reshape(tape.gradient(total, images), (ops.shape(images)[0], -1)), axis=-1)

    def gradient_penalty(self, batch_size, real_images, fake_images):
        return ops.mean((self.slopes(self.points_between(real_images, fake_images)) - 1) ** 2)
