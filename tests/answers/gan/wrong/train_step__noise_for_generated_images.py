"""Noise stands for generated images, and the generator's half is missing.

question: train_step
fails: test_one_step_each, test_fresh_latents
"""


@part_of(GAN)
class GAN:
    def train_step(self, real_images):
        batch_size = ops.shape(real_images)[0]
        fakes = keras.random.normal(ops.shape(real_images))
        both = ops.concatenate([fakes, real_images], axis=0)
        truth = ops.concatenate([ops.ones((batch_size, 1)), ops.zeros((batch_size, 1))], axis=0)
        with tf.GradientTape() as tape:
            judged = self.discriminator(both, training=True)
            d_loss = self.loss_fn(truth, judged)
        d_weights = self.discriminator.trainable_weights
        self.d_optimizer.apply(tape.gradient(d_loss, d_weights), d_weights)

        self.d_loss_metric.update_state(d_loss)
        return {"d_loss": self.d_loss_metric.result(), "g_loss": self.g_loss_metric.result()}
