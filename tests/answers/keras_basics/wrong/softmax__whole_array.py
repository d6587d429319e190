"""One sum for the whole array.

question: softmax
fails: test_rows, test_is_a_distribution
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max())
    return e / e.sum()
