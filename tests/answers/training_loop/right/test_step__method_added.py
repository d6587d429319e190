"""A function made into a method of the class that is there.

question: test_step
"""


def test_step(self, data):
    x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
    y_pred = self(x, training=False)
    loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
    for metric in self.metrics:
        metric.update_state(*((loss, ops.shape(x)[0]) if metric.name == "loss" else (y, y_pred, sample_weight)))
    return {metric.name: metric.result() for metric in self.metrics}


CustomModel.test_step = test_step
