"""The branches chosen by multiplication with a mask of zeros and ones.

question: huber
"""


def huber(y_true, y_pred, delta):
    e = y_true - y_pred
    small = ops.cast(ops.abs(e) < delta, e.dtype)
    h = small * 0.5 * e * e + (1 - small) * delta * (ops.sign(e) * e - 0.5 * delta)
    return ops.sum(h, axis=-1) / h.shape[-1]
