"""The mean over the examples instead of the targets.

question: huber
fails: test_mean_over_targets, test_examples_stay_apart, test_sample_weights
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
    return ops.mean(cost, axis=0)
