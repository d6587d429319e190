"""The Gram matrix written out.

question: style_loss
"""


def style_loss(style, combination):
    def gram(features):
        return tf.einsum("abc,abd->cd", features, features)

    channels, positions = combination.shape[-1], combination.shape[0] * combination.shape[1]
    return tf.reduce_sum((gram(combination) - gram(style)) ** 2) / (4 * channels**2 * positions**2)
