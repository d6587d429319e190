"""Half the square of the clipped error: large errors cost no more than delta.

question: huber
fails: test_matches_formula, test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = 0.5 * ops.square(ops.minimum(size, delta))
    return ops.mean(cost, axis=-1)
