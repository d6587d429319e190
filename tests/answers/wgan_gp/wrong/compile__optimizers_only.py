"""The losses are not kept.

question: compile
fails: test_keeps_all_four, test_by_name
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        super().compile()
        self.d_optimizer = d_optimizer
        self.g_optimizer = g_optimizer
