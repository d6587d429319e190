"""The median of the window.

question: forecast
fails: test_formula
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ np.median(factors[max(0, t - window):t], axis=0)
    return result
