"""The mean over the whole batch.

question: huber
fails: test_matches_formula, test_examples_stay_apart, test_sample_weights
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
    return ops.mean(cost)
