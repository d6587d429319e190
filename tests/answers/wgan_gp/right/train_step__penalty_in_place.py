"""The penalty carried out in place.

question: train_step
"""


@part_of(WGAN)
class WGAN:
    def train_step(self, real_images):
        batch_size = ops.shape(real_images)[0]
        d_weights = self.discriminator.trainable_weights
        for _ in range(self.d_steps):
            latents = keras.random.normal((batch_size, self.latent_dim))
            fake_images = self.generator(latents, training=True)
            with tf.GradientTape() as tape:
                real_scores = self.discriminator(real_images, training=True)
                fake_scores = self.discriminator(fake_images, training=True)
                points = real_images + keras.random.uniform((batch_size, 1, 1, 1)) * (fake_images - real_images)
                with tf.GradientTape() as inner:
                    inner.watch(points)
                    scores = self.discriminator(points, training=True)
                slopes = ops.sqrt(ops.sum(ops.square(inner.gradient(scores, points)), axis=(1, 2, 3)))
                penalty = ops.mean(ops.square(slopes - 1))
                d_loss = self.d_loss_fn(real_scores, fake_scores) + self.gp_weight * penalty
            self.d_optimizer.apply(tape.gradient(d_loss, d_weights), d_weights)

        g_weights = self.generator.trainable_weights
        latents = keras.random.normal((batch_size, self.latent_dim))
        with tf.GradientTape() as tape:
            fake_images = self.generator(latents, training=True)
            fake_scores = self.discriminator(fake_images, training=True)
            g_loss = self.g_loss_fn(fake_scores)
        self.g_optimizer.apply(tape.gradient(g_loss, g_weights), g_weights)
        return {"d_loss": d_loss, "g_loss": g_loss}
