"""Takes mean and log-variance from the encoder and draws z itself; two tapes; weighted by batch size.

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

    def train_step(self, data):
        with tf.GradientTape() as encoder_tape, tf.GradientTape() as decoder_tape:
            z_mean, z_log_var, _ = self.encoder(data, training=True)
            z = Sampling()((z_mean, z_log_var))
            rebuilt = self.decoder(z, training=True)
            cross_entropy = keras.losses.BinaryCrossentropy(reduction="sum")(data, rebuilt)
            count = tf.shape(data)[0]
            reconstruction_loss = cross_entropy * tf.cast(tf.shape(data)[-1], "float32") / tf.cast(count, "float32")
            kl_loss = tf.reduce_sum(kl_divergence(z_mean, z_log_var)) / tf.cast(count, "float32")
            loss = reconstruction_loss + kl_loss
        self.optimizer.apply(
            encoder_tape.gradient(loss, self.encoder.trainable_weights) + decoder_tape.gradient(loss, self.decoder.trainable_weights),
            self.encoder.trainable_weights + self.decoder.trainable_weights,
        )
        self.loss_tracker.update_state(loss, sample_weight=count)
        self.reconstruction_loss_tracker.update_state(reconstruction_loss, sample_weight=count)
        self.kl_loss_tracker.update_state(kl_loss, sample_weight=count)
        return {metric.name: metric.result() for metric in self.metrics}
