"""compute_metrics for all but the loss.

question: test_step
"""


class CustomModel(CustomModel):
    def test_step(self, data):
        x, y, weights = keras.utils.unpack_x_y_sample_weight(data)
        predicted = self(x, training=False)
        loss = self.compute_loss(x, y, predicted, weights, training=False)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=tf.shape(x)[0])
        return self.compute_metrics(x, y, predicted, weights)
