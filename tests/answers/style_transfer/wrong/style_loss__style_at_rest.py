"""Stops the gradient of the style.

question: style_loss
fails: test_gradient
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(ops.stop_gradient(gram_matrix(style)) - gram_matrix(combination))) / (4 * channels**2 * (height * width) ** 2)
