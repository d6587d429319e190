"""Other names for the arguments.

question: compile
fails: test_by_name
"""


@part_of(GAN)
class GAN:
    def compile(self, d_opt, g_opt, loss):
        super().compile()
        self.d_optimizer = d_opt
        self.g_optimizer = g_opt
        self.loss_fn = loss
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")
