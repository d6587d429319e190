"""The loss at delta 1 of scaled errors, scaled back.

question: huber
"""


def unit_huber(size):
    return ops.where(size < 1, ops.square(size), 2 * size - 1) / 2


def huber(y_true, y_pred, delta=1.0):
    return ops.mean(unit_huber(ops.abs(y_true - y_pred) / delta), axis=-1) * delta**2
