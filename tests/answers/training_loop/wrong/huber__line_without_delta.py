"""The line is |e| - delta/2, which is right for delta = 1 only.

question: huber
fails: test_matches_formula
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), size - 0.5 * delta)
    return ops.mean(cost, axis=-1)
