"""Overrides call and compute_loss, and leaves the step to Keras.

question: train_step
"""


class VAE(keras.Model):
    def __init__(self, encoder, decoder, **kwargs):
        super().__init__(**kwargs)
        self.encoder, self.decoder = encoder, decoder
        self.reconstruction_loss_tracker = keras.metrics.Mean(name="reconstruction_loss")
        self.kl_loss_tracker = keras.metrics.Mean(name="kl_loss")

    def call(self, images, training=None):
        z_mean, z_log_var, z = self.encoder(images, training=training)
        return {"mean": z_mean, "log_var": z_log_var, "rebuilt": self.decoder(z, training=training)}

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        pixels = ops.binary_crossentropy(x, y_pred["rebuilt"])
        reconstruction = ops.mean(ops.sum(pixels, axis=[-3, -2, -1]))
        kl = ops.mean(kl_divergence(y_pred["mean"], y_pred["log_var"]))
        self.reconstruction_loss_tracker.update_state(reconstruction)
        self.kl_loss_tracker.update_state(kl)
        return reconstruction + kl
