"""TensorFlow, with the sizes from the static shape.

question: style_loss
"""


def style_loss(style, combination):
    S = gram_matrix(style)
    C = gram_matrix(combination)
    h, w, channels = style.shape
    return tf.reduce_sum(tf.square(S - C)) / (4.0 * (channels**2) * ((h * w) ** 2))
