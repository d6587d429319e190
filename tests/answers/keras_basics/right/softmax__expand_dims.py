"""With axes put back by hand.

question: softmax
"""

def softmax(z):
    z = np.asarray(z, "float64")
    e = np.exp(z - np.expand_dims(z.max(-1), -1))
    return e / e.sum(-1)[..., np.newaxis]
