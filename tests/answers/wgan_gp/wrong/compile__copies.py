"""Keeps copies, so that a later change of the learning rate is not seen.

question: compile
fails: test_keeps_all_four
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        super().compile()
        self.d_optimizer = keras.optimizers.SGD.from_config(d_optimizer.get_config())
        self.g_optimizer = g_optimizer
        self.d_loss_fn = d_loss_fn
        self.g_loss_fn = g_loss_fn
