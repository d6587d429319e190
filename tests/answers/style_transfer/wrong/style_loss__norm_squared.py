"""The square of a norm, which has no gradient at zero.

question: style_loss
fails: test_equal_styles
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    distance = tf.norm(gram_matrix(style) - gram_matrix(combination))
    return distance**2 / (4 * channels**2 * (height * width) ** 2)
