"""A function, put into the class by hand, with the long form of super.

question: compile
"""


def compile_wgan(self, d_optimizer, g_optimizer, d_loss_fn, g_loss_fn):
    super(WGAN, self).compile()
    self.d_optimizer = d_optimizer
    self.g_optimizer = g_optimizer
    self.d_loss_fn = d_loss_fn
    self.g_loss_fn = g_loss_fn


WGAN.compile = compile_wgan
