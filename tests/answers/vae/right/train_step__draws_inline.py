"""Draws z in the step without any layer, and multiplies a mean by the number of pixels.

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
        if isinstance(data, tuple):
            data = data[0]
        pixels = int(np.prod(data.shape[1:]))
        with tf.GradientTape() as tape:
            z_mean, z_log_var, _ = self.encoder(data, training=True)
            z = z_mean + ops.exp(z_log_var / 2) * keras.random.normal(ops.shape(z_mean))
            reconstruction_loss = pixels * ops.mean(keras.losses.binary_crossentropy(data, self.decoder(z, training=True)))
            kl_loss = ops.mean(kl_divergence(z_mean=z_mean, z_log_var=z_log_var))
            loss = ops.add(reconstruction_loss, kl_loss)
        weights = self.trainable_weights
        self.optimizer.apply_gradients(list(zip(tape.gradient(loss, weights), weights)))
        for name, value in [("loss", loss), ("reconstruction_loss", reconstruction_loss), ("kl_loss", kl_loss)]:
            getattr(self, name + "_tracker").update_state(value)
        return {"lr": 1.0, **{m.name: m.result() for m in self.metrics}}
