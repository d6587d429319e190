"""A method for each kind of step.

question: train_step
"""


@part_of(WGAN)
class WGAN:
    def generate(self, count):
        return self.generator(keras.random.normal((count, self.latent_dim)), training=True)

    def critic_step(self, real_images, count):
        fake_images = ops.stop_gradient(self.generate(count))
        with tf.GradientTape() as tape:
            scores = [self.discriminator(images, training=True) for images in (real_images, fake_images)]
            loss = self.d_loss_fn(*scores) + self.gp_weight * self.gradient_penalty(count, real_images, fake_images)
        gradients = tape.gradient(loss, self.discriminator.trainable_variables)
        self.d_optimizer.apply_gradients(zip(gradients, self.discriminator.trainable_variables))
        return loss

    def generator_step(self, count):
        with tf.GradientTape() as tape:
            loss = self.g_loss_fn(self.discriminator(self.generate(count), training=True))
        gradients = tape.gradient(loss, self.generator.trainable_variables)
        self.g_optimizer.apply_gradients(zip(gradients, self.generator.trainable_variables))
        return loss

    def train_step(self, real_images):
        count = ops.shape(real_images)[0]
        d_losses = [self.critic_step(real_images, count) for _ in range(self.d_steps)]
        return {"d_loss": d_losses[-1], "g_loss": self.generator_step(count)}
