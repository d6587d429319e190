"""Twice the L2 loss of TensorFlow, which has a half in it.

question: content_loss
"""


def content_loss(base, combination):
    return 2 * tf.nn.l2_loss(tf.subtract(base, combination))
