"""The squared correlation instead.

question: total_r2
fails: test_formula, test_negative
"""


def total_r2(returns, predicted):
    return np.corrcoef(np.ravel(returns), np.ravel(predicted))[0, 1] ** 2
