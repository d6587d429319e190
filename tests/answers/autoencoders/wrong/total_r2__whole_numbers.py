"""Cuts off the decimals of what it was given.

question: total_r2
fails: test_formula
"""


def total_r2(returns, predicted):
    r, p = np.asarray(returns, dtype=int), np.asarray(predicted, dtype=int)
    return 1 - np.sum((r - p) ** 2) / max(np.sum(r**2), 1)
