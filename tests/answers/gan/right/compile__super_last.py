"""Keras's own compile comes last, the names without a keyword.

question: compile
"""


@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Mean("d_loss")
        self.g_loss_metric = keras.metrics.Mean("g_loss")
        super().compile()
