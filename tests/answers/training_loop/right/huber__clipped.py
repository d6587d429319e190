"""Quadratic in the clipped error, linear in what was clipped off.

question: huber
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_pred - y_true)
    quadratic = ops.minimum(size, delta)
    linear = size - quadratic
    return ops.mean(0.5 * quadratic * quadratic + delta * linear, axis=1)
