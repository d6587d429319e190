"""Zeros until the window is full.

question: forecast
fails: test_first_months
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(window, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window):t].mean(axis=0)
    return result
