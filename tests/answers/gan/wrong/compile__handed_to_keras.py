"""Hands everything to Keras and keeps nothing.

question: compile
fails: test_keeps_all_three
"""


@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile(optimizer=d_optimizer, loss=loss_fn)
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")
