"""Never below zero.

question: total_r2
fails: test_negative
"""


def total_r2(returns, predicted):
    return max(0.0, 1 - np.sum((returns - predicted) ** 2) / np.sum(returns**2))
