"""Compares the Gram matrices.

question: content_loss
fails: test_sum_of_squares, test_place_matters
"""


def content_loss(base, combination):
    return ops.sum(ops.square(tf.einsum("hwc,hwd->cd", combination, combination) - tf.einsum("hwc,hwd->cd", base, base)))
