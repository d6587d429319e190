"""The generator's half moves the discriminator as well.

question: train_step
fails: test_other_network_is_frozen, test_samples_are_digits
"""


@part_of(GAN)
class GAN:
    def train_step(self, real_images):
        batch_size = ops.shape(real_images)[0]
        latents = keras.random.normal((batch_size, self.latent_dim))
        fakes = self.generator(latents, training=True)
        both = ops.concatenate([fakes, real_images], axis=0)
        truth = ops.concatenate([ops.ones((batch_size, 1)), ops.zeros((batch_size, 1))], axis=0)
        with tf.GradientTape() as tape:
            judged = self.discriminator(both, training=True)
            d_loss = self.loss_fn(truth, judged)
        d_weights = self.discriminator.trainable_weights
        self.d_optimizer.apply(tape.gradient(d_loss, d_weights), d_weights)

        latents = keras.random.normal((batch_size, self.latent_dim))
        lies = ops.zeros((batch_size, 1))
        with tf.GradientTape() as tape:
            judged = self.discriminator(self.generator(latents, training=True), training=True)
            g_loss = self.loss_fn(lies, judged)
        g_weights = self.trainable_weights
        self.g_optimizer.apply(tape.gradient(g_loss, g_weights), g_weights)

        self.d_loss_metric.update_state(d_loss)
        self.g_loss_metric.update_state(g_loss)
        return {"d_loss": self.d_loss_metric.result(), "g_loss": self.g_loss_metric.result()}
