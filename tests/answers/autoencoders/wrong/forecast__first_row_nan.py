"""The first row is not a number.

question: forecast
fails: test_first_months
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window):t].mean(axis=0)
    return result
