"""The mean runs over factors instead of months.

question: forecast
fails: test_formula
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] .sum(axis=1) * factors[max(0, t - window):t].mean()
    return result
