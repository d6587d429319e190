"""Shifted by the largest logit of the whole batch.

question: softmax
fails: test_huge_logits
"""

def softmax(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(z - z.max())
    return e / e.sum(axis=-1, keepdims=True)
