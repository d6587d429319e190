"""The average of each ticker alone.

question: total_r2
fails: test_formula
"""


def total_r2(returns, predicted):
    return np.mean(1 - np.sum((returns - predicted) ** 2, axis=0) / np.sum(returns**2, axis=0))
