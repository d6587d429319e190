"""Kept under other names.

question: compile
fails: test_keeps_all_four
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        super().compile()
        self.discriminator_optimizer = d_optimizer
        self.generator_optimizer = g_optimizer
        self.discriminator_loss = d_loss_fn
        self.generator_loss = g_loss_fn
