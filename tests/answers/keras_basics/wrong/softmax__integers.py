"""Refuses a list.

question: softmax
fails: test_list_and_untouched
"""

def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
