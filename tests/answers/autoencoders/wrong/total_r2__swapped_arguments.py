"""Divides by the squares of what was predicted.

question: total_r2
fails: test_formula, test_roles
"""


def total_r2(returns, predicted):
    return 1 - np.sum((returns - predicted) ** 2) / np.sum(predicted**2)
