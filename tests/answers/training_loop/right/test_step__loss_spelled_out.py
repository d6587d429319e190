"""The loss function taken from `self.loss`, weighted and averaged by hand, with `self.losses` added.

question: test_step
"""


class CustomModel(CustomModel):
    def test_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        each = keras.losses.get(self.loss)(y, y_pred)
        weighted = each if sample_weight is None else tf.multiply(each, sample_weight)
        loss = tf.reduce_mean(weighted) + sum(tf.reduce_sum(extra) for extra in self.losses)
        logs = {}
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=tf.size(each))
                logs["loss"] = metric.result()
            else:
                metric.update_state(y, y_pred, sample_weight)
                logs.update(metric.result())
        return logs
