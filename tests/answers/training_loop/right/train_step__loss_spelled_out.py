"""The loss function taken from `self.loss`, weighted and averaged by hand, with `self.losses` added.

question: train_step
"""


class CustomModel(CustomModel):
    def train_step(self, data):
        x, y, w = keras.utils.unpack_x_y_sample_weight(data)
        each = keras.losses.get(self.loss)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            losses = each(y, y_pred)
            loss = ops.mean(losses if w is None else losses * w)
            for extra in self.losses:
                loss = loss + ops.sum(extra)
        weights = self.trainable_weights
        gradients = tape.gradient(loss, weights)
        self.optimizer.apply(gradients, weights)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(ops.broadcast_to(loss, ops.shape(x)[:1]))
            else:
                metric.update_state(y, y_pred, sample_weight=w)
        return self.get_metrics_result()
