"""Forward, backward and update in a tf.function of its own.

question: train_step
"""


class CustomModel(CustomModel):
    @tf.function
    def gradients_and_more(self, x, y, sample_weight):
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred, sample_weight=sample_weight)
        return tape.gradient(loss, self.trainable_weights), loss, y_pred

    def train_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        gradients, loss, y_pred = self.gradients_and_more(x, y, sample_weight)
        self.optimizer.apply(gradients, self.trainable_weights)
        rows = tf.shape(x)[0]
        [m.update_state(loss, rows) if m.name == "loss" else m.update_state(y, y_pred, sample_weight) for m in self.metrics]
        return {m.name: m.result() for m in self.metrics}
