"""Squared predictions over squared returns.

question: total_r2
fails: test_formula, test_negative
"""


def total_r2(returns, predicted):
    return np.sum(predicted**2) / np.sum(returns**2)
