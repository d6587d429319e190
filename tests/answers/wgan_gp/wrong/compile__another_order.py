"""The arguments in another order.

question: compile
fails: test_keeps_all_four
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, d_loss_fn, g_optimizer, g_loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
        self.d_loss_fn = d_loss_fn
        self.g_loss_fn = g_loss_fn
