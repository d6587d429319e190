"""Called without saying anything of training, which means use.

question: test_step
"""


class CustomModel(CustomModel):
    def test_step(self, data):
        x, y = data[0], data[1]
        w = data[2] if len(data) > 2 else None
        y_pred = self(x)
        first, *others = self.metrics
        first.update_state(self.compute_loss(y=y, y_pred=y_pred, sample_weight=w), sample_weight=ops.shape(y)[0])
        for metric in others:
            metric.update_state(y, y_pred, sample_weight=w)
        return self.get_metrics_result()
