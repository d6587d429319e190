"""The generator's step is forgotten.

question: train_step
fails: test_counts_steps, test_generator_descends_its_loss, test_samples_look_like_the_data
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
                penalty = self.gradient_penalty(batch_size, real_images, fake_images)
                d_loss = self.d_loss_fn(real_scores, fake_scores) + self.gp_weight * penalty
            self.d_optimizer.apply(tape.gradient(d_loss, d_weights), d_weights)

        g_weights = self.generator.trainable_weights
        latents = keras.random.normal((batch_size, self.latent_dim))
        with tf.GradientTape() as tape:
            fake_images = self.generator(latents, training=True)
            fake_scores = self.discriminator(fake_images, training=True)
            g_loss = self.g_loss_fn(fake_scores)
        return {"d_loss": d_loss, "g_loss": g_loss}
