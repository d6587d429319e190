"""In float32 throughout.

question: softmax
"""

def softmax(z):
    z = np.asarray(z, dtype="float32")
    z = z - z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)
