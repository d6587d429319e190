"""One step along the sum of both losses, for all weights at once.

question: train_step
fails: test_counts_steps, test_own_network_only
"""


@part_of(WGAN)
class WGAN:
    def train_step(self, real_images):
        batch_size = ops.shape(real_images)[0]
        latents = keras.random.normal((batch_size, self.latent_dim))
        with tf.GradientTape() as tape:
            fake_images = self.generator(latents, training=True)
            real_scores = self.discriminator(real_images, training=True)
            fake_scores = self.discriminator(fake_images, training=True)
            penalty = self.gradient_penalty(batch_size, real_images, fake_images)
            d_loss = self.d_loss_fn(real_scores, fake_scores) + self.gp_weight * penalty
            g_loss = self.g_loss_fn(fake_scores)
            total = d_loss + g_loss
        gradients = tape.gradient(total, self.trainable_weights)
        self.d_optimizer.apply(gradients, self.trainable_weights)
        return {"d_loss": d_loss, "g_loss": g_loss}
