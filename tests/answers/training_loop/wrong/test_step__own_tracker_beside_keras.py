"""A running mean of its own beside Keras', which is what evaluate reports and stays 0.

question: test_step
fails: test_evaluate_in_graph_mode
"""


class CustomModel(CustomModel):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.test_loss = keras.metrics.Mean(name="test_loss")

    def test_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
        self.test_loss.update_state(loss, sample_weight=ops.shape(x)[0])
        return {**self.compute_metrics(x, y, y_pred, sample_weight), "loss": self.test_loss.result()}
