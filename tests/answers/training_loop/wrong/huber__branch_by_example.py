"""Each example takes one branch for all its targets, by its mean error.

question: huber
fails: test_mean_over_targets, test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.mean(ops.abs(y_true - y_pred), axis=-1)
    return ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
