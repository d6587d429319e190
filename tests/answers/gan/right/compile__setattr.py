"""Attributes set in a loop.

question: compile
"""


@part_of(GAN)
class GAN:
    def compile(self, d_optimizer, g_optimizer, loss_fn):
        super().compile()
        kept = {"d_optimizer": d_optimizer, "g_optimizer": g_optimizer, "loss_fn": loss_fn}
        for name in ("d_loss", "g_loss"):
            kept[f"{name}_metric"] = tf.keras.metrics.Mean(name=name)
        for name, value in kept.items():
            setattr(self, name, value)
