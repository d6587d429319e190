"""Puts the KL into the reconstruction's tracker and the other way round.

question: train_step
fails: test_reconstruction_loss, test_kl_loss
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

    def train_step(self, data):
        with tf.GradientTape() as tape:
            z_mean, z_log_var, z = self.encoder(data, training=True)
            reconstruction = self.decoder(z, training=True)
            per_pixel = ops.binary_crossentropy(data, reconstruction)
            reconstruction_loss = ops.mean(ops.sum(per_pixel, axis=(1, 2, 3)))
            kl_loss = ops.mean(kl_divergence(z_mean, z_log_var))
            loss = reconstruction_loss + kl_loss
        gradients = tape.gradient(loss, self.trainable_weights)
        self.optimizer.apply(gradients, self.trainable_weights)
        self.loss_tracker.update_state(loss)
        self.reconstruction_loss_tracker.update_state(kl_loss)
        self.kl_loss_tracker.update_state(reconstruction_loss)
        return {metric.name: metric.result() for metric in self.metrics}
