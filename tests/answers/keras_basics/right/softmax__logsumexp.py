"""By the logarithm of the sum.

question: softmax
"""

def softmax(z):
    z = np.array(z, dtype="float64")
    top = np.max(z, axis=-1, keepdims=True)
    log_sum = top + np.log(np.sum(np.exp(z - top), axis=-1, keepdims=True))
    return np.exp(z - log_sum)
