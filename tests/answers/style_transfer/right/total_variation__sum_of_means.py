"""The mean over everything, times the number of positions.

question: total_variation
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    rough = (ops.square(images[:, 1:, :-1] - corner) + ops.square(images[:, :-1, 1:] - corner)) ** 1.25
    return ops.mean(rough) * float(np.prod(corner.shape))
