"""All weights are updated, frozen or not.

question: train_step
fails: test_frozen_layers
"""


class CustomModel(CustomModel):
    def train_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
        gradients = tape.gradient(loss, [w for layer in self.layers for w in layer.weights if 'moving' not in w.name])
        self.optimizer.apply(gradients, [w for layer in self.layers for w in layer.weights if 'moving' not in w.name])
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
            else:
                metric.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}
