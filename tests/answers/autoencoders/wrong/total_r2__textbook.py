"""The mean is subtracted in the denominator.

question: total_r2
fails: test_formula, test_perfect_and_silent
"""


def total_r2(returns, predicted):
    return 1 - np.sum((returns - predicted) ** 2) / np.sum((returns - np.mean(returns)) ** 2)
