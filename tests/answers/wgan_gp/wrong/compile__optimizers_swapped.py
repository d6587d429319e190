"""The optimizers are swapped.

question: compile
fails: test_keeps_all_four, test_by_name, test_second_call, test_fit_uses_them
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        super().compile()
        self.d_optimizer = g_optimizer
        self.g_optimizer = d_optimizer
        self.d_loss_fn = d_loss_fn
        self.g_loss_fn = g_loss_fn
