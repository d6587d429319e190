"""Plain gradient descent, whatever the optimizer.

question: train_step
fails: test_optimizers, test_gradient_step
"""


class CustomModel(CustomModel):
    def train_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred, sample_weight=sample_weight)
        gradients = tape.gradient(loss, self.trainable_weights)
        for weight, gradient in zip(self.trainable_weights, gradients):
            weight.assign_sub(self.optimizer.learning_rate * gradient)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss, sample_weight=ops.shape(x)[0])
            else:
                metric.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}
