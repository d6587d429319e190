"""Generator's optimizer first.

question: compile
fails: test_keeps_all_three
"""


@part_of(GAN)
class GAN:
    def compile(self, g_optimizer, d_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")
