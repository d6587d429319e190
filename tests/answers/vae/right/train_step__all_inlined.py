"""Writes the cross-entropy and the divergence out; trackers found by Keras, no metrics property.

question: train_step
"""


class VAE(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder
        self.total = keras.metrics.Mean()
        self.rebuilding = keras.metrics.Mean()
        self.divergence = keras.metrics.Mean()

    def train_step(self, data):
        with tf.GradientTape() as tape:
            mean, log_var, z = self.encoder(data, training=True)
            p = tf.clip_by_value(self.decoder(z, training=True), 1e-7, 1 - 1e-7)
            entropy = -(data * tf.math.log(p) + (1 - data) * tf.math.log(1 - p))
            rebuilding = tf.reduce_sum(entropy) / tf.cast(tf.shape(data)[0], tf.float32)
            divergence = tf.reduce_mean(tf.reduce_sum(0.5 * (mean**2 + tf.exp(log_var) - 1 - log_var), axis=1))
            total = rebuilding + divergence
        self.optimizer.apply_gradients(zip(tape.gradient(total, self.trainable_weights), self.trainable_weights))
        logs = {"loss": (self.total, total), "reconstruction_loss": (self.rebuilding, rebuilding), "kl_loss": (self.divergence, divergence)}
        for tracker, value in logs.values():
            tracker.update_state(value)
        return {name: tracker.result() for name, (tracker, _) in logs.items()}
