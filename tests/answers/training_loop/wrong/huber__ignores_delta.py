"""The bound is always 1.

question: huber
fails: test_matches_formula, test_mean_over_targets
"""


def huber(y_true, y_pred, delta=1.0):
    delta = 1.0
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
    return ops.mean(cost, axis=-1)
