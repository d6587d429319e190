"""Data with sample weights cannot be taken apart.

question: test_step
fails: test_the_whole_loss, test_running_means, test_evaluate_in_graph_mode
"""


class CustomModel(CustomModel):
    def test_step(self, data):
        (x, y), sample_weight = data, None
        y_pred = self(x, training=False)
        loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
            else:
                metric.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}
