"""The betas of the month before.

question: forecast
fails: test_formula, test_betas_of_the_month
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t - 1] @ factors[max(0, t - window):t].mean(axis=0)
    return result
