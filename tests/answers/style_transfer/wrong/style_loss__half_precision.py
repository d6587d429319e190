"""Computes in half precision.

question: style_loss
fails: test_formula, test_large_map
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    difference = ops.cast(gram_matrix(style), "float16") - ops.cast(gram_matrix(combination), "float16")
    return ops.cast(ops.sum(ops.square(difference)), "float32") / (4 * channels**2 * (height * width) ** 2)
