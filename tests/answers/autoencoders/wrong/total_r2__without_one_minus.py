"""The share that is left over.

question: total_r2
fails: test_formula, test_perfect_and_silent
"""


def total_r2(returns, predicted):
    return np.sum((returns - predicted) ** 2) / np.sum(returns**2)
