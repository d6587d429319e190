"""Sums instead of means.

question: compile
fails: test_two_running_means, test_fit_uses_them
"""


@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Sum(name="d_loss")
        self.g_loss_metric = keras.metrics.Sum(name="g_loss")
