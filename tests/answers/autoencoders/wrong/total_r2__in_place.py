"""Subtracts in place, and so changes what it was given.

question: total_r2
fails: test_arguments_stay
"""


def total_r2(returns, predicted):
    total = np.sum(returns**2)
    returns -= predicted
    return 1 - np.sum(returns**2) / total
