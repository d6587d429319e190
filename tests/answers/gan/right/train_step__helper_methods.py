"""Two methods, one for each half.

question: train_step
"""


@part_of(GAN)
class GAN:
    def draw(self, count):
        return keras.random.normal(shape=(count, self.latent_dim), mean=0.0, stddev=1.0)

    def move(self, network, optimizer, metric, loss, tape):
        optimizer.apply(tape.gradient(loss, network.trainable_variables), network.trainable_variables)
        metric.update_state(loss)

    def train_step(self, real_images):
        count = ops.shape(real_images)[0]
        with tf.GradientTape() as tape:
            judged = self.discriminator(ops.concatenate([real_images, self.generator(self.draw(count))]))
            loss = self.loss_fn(ops.cast(ops.arange(2 * count) >= count, "float32")[:, None], judged)
        self.move(self.discriminator, self.d_optimizer, self.d_loss_metric, loss, tape)
        with tf.GradientTape() as tape:
            judged = self.discriminator(self.generator(self.draw(count)))
            loss = self.loss_fn(ops.zeros_like(judged), judged)
        self.move(self.generator, self.g_optimizer, self.g_loss_metric, loss, tape)
        return {"d_loss": self.d_loss_metric.result(), "g_loss": self.g_loss_metric.result()}
