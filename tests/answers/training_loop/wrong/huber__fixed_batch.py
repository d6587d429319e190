"""The batch's size is asked of the static shape, which a graph does not know.

question: huber
fails: test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = ops.abs(y_true - y_pred)
    cost = ops.where(size <= delta, 0.5 * ops.square(size), delta * (size - 0.5 * delta))
    return tf.stack([ops.mean(cost[i]) for i in range(y_pred.shape[0])])
