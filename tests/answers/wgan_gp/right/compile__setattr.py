"""Keeps them in a loop.

question: compile
"""


@part_of(WGAN)
class WGAN:
    def compile(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
        super().compile()
        given = {"d_optimizer": d_optimizer, "g_optimizer": g_optimizer, "d_loss_fn": d_loss_fn, "g_loss_fn": g_loss_fn}
        for name, value in given.items():
            setattr(self, name, value)
