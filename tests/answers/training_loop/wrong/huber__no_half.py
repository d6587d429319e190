"""The quadratic branch without its half.

question: huber
fails: test_matches_formula
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, ops.square(size), delta * (size - 0.5 * delta))
    return ops.mean(cost, axis=-1)
