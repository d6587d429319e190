"""The loss of compile alone, without what the layers add.

question: test_step
fails: test_the_whole_loss
"""


class CustomModel(CustomModel):
    def test_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        loss = ops.mean(keras.losses.get(self.loss)(y, y_pred) * (1 if sample_weight is None else sample_weight))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
            else:
                metric.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}
