"""By Frobenius norms.

question: total_r2
"""


def total_r2(returns, predicted):
    return 1 - (np.linalg.norm(returns - predicted) / np.linalg.norm(returns)) ** 2
