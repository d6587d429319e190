"""The channels one after the other.

question: total_variation
"""


def total_variation_loss(images):
    def rough(grey):
        here = grey[:, :-1, :-1]
        return ops.sum(((grey[:, 1:, :-1] - here) ** 2 + (grey[:, :-1, 1:] - here) ** 2) ** 1.25)

    return sum(rough(images[..., channel]) for channel in range(images.shape[-1]))
