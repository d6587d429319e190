"""Predictions for targets, in the loss and in the metrics.

question: test_step
fails: test_the_whole_loss, test_running_means
"""


class CustomModel(CustomModel):
    def test_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        loss = self.compute_loss(x=x, y=y_pred, y_pred=y, sample_weight=sample_weight)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
            else:
                metric.update_state(y_pred, y, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}
