"""A function, put into the class by hand, with the long form of super.

question: compile
"""


def compile_gan(self, d_optimizer, g_optimizer, loss_fn):
    super(GAN, self).compile()
    self.d_optimizer, self.g_optimizer, self.loss_fn = d_optimizer, g_optimizer, loss_fn
    self.d_loss_metric, self.g_loss_metric = (keras.metrics.Mean(name=f"{which}_loss") for which in "dg")


GAN.compile = compile_gan
