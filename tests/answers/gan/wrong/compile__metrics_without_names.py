"""Metrics that are called mean.

question: compile
fails: test_two_running_means
"""


@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Mean()
        self.g_loss_metric = keras.metrics.Mean()
