"""NumPy all the way: no gradient, and no graph.

question: huber
fails: test_in_a_graph
"""


def huber(y_true, y_pred, delta=1.0):
    size = np.abs(np.asarray(y_true) - np.asarray(y_pred))
    cost = np.where(size <= delta, 0.5 * size**2, delta * (size - 0.5 * delta))
    return cost.mean(axis=-1).astype("float32")
