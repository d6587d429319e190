"""The sum over the targets.

question: huber
fails: test_mean_over_targets, test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
    return ops.sum(cost, axis=-1)
