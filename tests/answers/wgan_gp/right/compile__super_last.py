"""Keeps first, and calls the overridden compile at the end.

question: compile
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        self.d_optimizer, self.g_optimizer = d_optimizer, g_optimizer
        self.d_loss_fn, self.g_loss_fn = d_loss_fn, g_loss_fn
        super().compile()
