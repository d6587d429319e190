"""Hands the critic's part to Keras and keeps nothing by the names that train_step uses.

question: compile
fails: test_keeps_all_four, test_fit_uses_them
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        super().compile(optimizer=d_optimizer, loss=d_loss_fn)
        self.optimizers = [d_optimizer, g_optimizer]
        self.losses_given = [d_loss_fn, g_loss_fn]
