"""A second call changes nothing.

question: compile
fails: test_second_call
"""


@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        if hasattr(self, "d_optimizer"):
            return
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.loss_fn = loss_fn
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")
