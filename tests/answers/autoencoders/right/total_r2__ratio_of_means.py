"""The ratio of two means over all elements.

question: total_r2
"""


def total_r2(returns, predicted):
    returns = np.asarray(returns, dtype=float)
    return 1 - np.mean(np.square(returns - predicted)) / np.mean(np.square(returns))
