"""The mean over all months before.

question: forecast
fails: test_formula, test_forgets
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[0:t].mean(axis=0)
    return result
