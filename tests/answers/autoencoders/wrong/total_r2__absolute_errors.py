"""Absolute values instead of squares.

question: total_r2
fails: test_formula
"""


def total_r2(returns, predicted):
    return 1 - np.sum(np.abs(returns - predicted)) / np.sum(np.abs(returns))
