"""Beyond delta the line has slope 1.

question: huber
fails: test_matches_formula
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), size - delta + 0.5 * delta**2)
    return ops.mean(cost, axis=-1)
