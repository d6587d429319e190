"""The step is a tf.function of its own, with a helper for the losses; one mean over the sum of both.

question: train_step
"""


class VAE(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder = encoder
        self.decoder = decoder
        self.loss_tracker = keras.metrics.Mean(name="loss")
        self.reconstruction_loss_tracker = keras.metrics.Mean(name="reconstruction_loss")
        self.kl_loss_tracker = keras.metrics.Mean(name="kl_loss")

    @property
    def metrics(self):
        return [self.loss_tracker, self.reconstruction_loss_tracker, self.kl_loss_tracker]

    def losses_of(self, images):
        z_mean, z_log_var, z = self.encoder(images, training=True)
        rebuilt = self.decoder(z, training=True)
        flat, flat_rebuilt = (ops.reshape(t, (-1, images.shape[1] * images.shape[2] * images.shape[3])) for t in (images, rebuilt))
        reconstruction = ops.sum(ops.binary_crossentropy(flat, flat_rebuilt), axis=-1)
        return reconstruction, kl_divergence(z_mean, z_log_var)

    @tf.function
    def train_step(self, data):
        with tf.GradientTape() as tape:
            reconstruction, kl = self.losses_of(data)
            loss = tf.reduce_mean(reconstruction + kl)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        for tracker, value in zip(self.metrics, (loss, ops.mean(reconstruction), ops.mean(kl))):
            tracker.update_state(value)
        return {tracker.name: tracker.result() for tracker in self.metrics}
