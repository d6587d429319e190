"""A running mean of its own beside Keras', which is what fit prints and stays 0.

question: train_step
fails: test_fit_in_graph_mode
"""


class CustomModel(CustomModel):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.mean_loss = keras.metrics.Mean(name="mean_loss")

    def train_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(y=y, y_pred=y_pred, sample_weight=sample_weight)
        self.optimizer.apply(tape.gradient(loss, self.trainable_weights), self.trainable_weights)
        self.mean_loss.update_state(loss, sample_weight=ops.shape(x)[0])
        return {**self.compute_metrics(x, y, y_pred, sample_weight), "loss": self.mean_loss.result()}
