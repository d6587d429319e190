"""The sum of the factors instead of the mean.

question: forecast
fails: test_formula
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window):t].sum(axis=0)
    return result
