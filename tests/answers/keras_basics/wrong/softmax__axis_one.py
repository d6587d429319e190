"""Along axis 1, whatever the last one is.

question: softmax
fails: test_any_number_of_axes
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
