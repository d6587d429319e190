"""The formula as it stands.

question: softmax
fails: test_huge_logits
"""

def softmax(z):
    e = np.exp(np.asarray(z, dtype=float))
    return e / e.sum(axis=-1, keepdims=True)
