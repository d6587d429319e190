"""The window is one month too long.

question: forecast
fails: test_formula, test_forgets
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window - 1):t].mean(axis=0)
    return result
