"""Calls the overridden compile by its class.

question: compile
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        keras.Model.compile(self)
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.d_loss_fn = d_loss_fn
        self.g_loss_fn = g_loss_fn
