"""A sigmoid of each logit.

question: softmax
fails: test_rows, test_is_a_distribution
"""

def softmax(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))
