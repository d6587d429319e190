"""TensorFlow's own functions, and apply_gradients with pairs.

question: train_step
"""


@part_of(GAN)
class GAN:
    def train_step(self, real_images):
        b = tf.shape(real_images)[0]
        z = tf.random.normal(shape=(b, self.latent_dim))
        generated_images = self.generator(z)
        combined = tf.concat([generated_images, real_images], axis=0)
        labels = tf.concat([tf.ones((b, 1)), tf.zeros((b, 1))], axis=0)
        with tf.GradientTape() as tape:
            predictions = self.discriminator(combined)
            d_loss = self.loss_fn(labels, predictions)
        grads = tape.gradient(d_loss, self.discriminator.trainable_variables)
        self.d_optimizer.apply_gradients(zip(grads, self.discriminator.trainable_variables))

        z = tf.random.normal(shape=(b, self.latent_dim))
        misleading = tf.zeros((b, 1))
        with tf.GradientTape() as tape:
            predictions = self.discriminator(self.generator(z))
            g_loss = self.loss_fn(misleading, predictions)
        grads = tape.gradient(g_loss, self.generator.trainable_variables)
        self.g_optimizer.apply_gradients(zip(grads, self.generator.trainable_variables))

        self.d_loss_metric(d_loss)
        self.g_loss_metric(g_loss)
        return {"d_loss": self.d_loss_metric.result(), "g_loss": self.g_loss_metric.result()}
