"""The square of a norm.

question: style_loss
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    distance = tf.norm(gram_matrix(style) - gram_matrix(combination))
    return distance**2 / (4 * channels**2 * (height * width) ** 2)
