"""One `if` for the whole tensor, on its largest error.

question: huber
fails: test_matches_formula, test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    if ops.max(size) <= delta:
        cost = 0.5 * ops.square(size)
    else:
        cost = delta * (size - 0.5 * delta)
    return ops.mean(cost, axis=-1)
