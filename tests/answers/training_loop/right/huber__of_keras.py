"""Keras' own function, which already keeps the examples apart.

question: huber
"""


def huber(y_true, y_pred, delta=1.0):
    return keras.losses.huber(y_true, y_pred, delta=delta)
