"""Both metrics belong to the class, so that no model lists them.

question: compile
fails: test_metrics_are_set_back
"""


@part_of(GAN)
class GAN:
    d_loss_metric = keras.metrics.Mean(name="d_loss")
    g_loss_metric = keras.metrics.Mean(name="g_loss")

    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
