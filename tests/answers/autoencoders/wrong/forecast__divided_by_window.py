"""Always divided by the window.

question: forecast
fails: test_first_months
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window):t].sum(axis=0) / window
    return result
