"""Shifts the array that it is given.

question: softmax
fails: test_list_and_untouched
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    z -= z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)
