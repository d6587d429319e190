"""A number for each month.

question: total_r2
fails: test_formula
"""


def total_r2(returns, predicted):
    return 1 - np.sum((returns - predicted) ** 2, axis=1) / np.sum(returns**2, axis=1)
