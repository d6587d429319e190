"""Logits clipped instead of shifted.

question: softmax
fails: test_huge_logits
"""

def softmax(z):
    e = np.exp(np.clip(np.asarray(z, dtype=float), -500, 500))
    return e / e.sum(axis=-1, keepdims=True)
