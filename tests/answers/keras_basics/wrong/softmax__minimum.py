"""Shifted by the smallest logit.

question: softmax
fails: test_huge_logits
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
