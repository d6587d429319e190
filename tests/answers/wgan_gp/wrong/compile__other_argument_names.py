"""The arguments under other names.

question: compile
fails: test_by_name
"""


@part_of(WGAN)
class WGAN:
    def compile(self, discriminator_optimizer, generator_optimizer, discriminator_loss, generator_loss):
        super().compile()
        self.d_optimizer = discriminator_optimizer
        self.g_optimizer = generator_optimizer
        self.d_loss_fn = discriminator_loss
        self.g_loss_fn = generator_loss
