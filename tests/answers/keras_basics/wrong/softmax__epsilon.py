"""A small number added to every probability.

question: softmax
fails: test_small_probabilities_stay
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max(axis=-1, keepdims=True)) + 1e-7
    return e / e.sum(axis=-1, keepdims=True)
