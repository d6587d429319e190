"""The smooth pseudo-Huber loss.

question: huber
fails: test_matches_formula, test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = delta**2 * (ops.sqrt(1 + ops.square(size / delta)) - 1)
    return ops.mean(cost, axis=-1)
