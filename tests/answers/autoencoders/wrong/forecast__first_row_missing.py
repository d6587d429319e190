"""No row for the first month.

question: forecast
fails: test_formula, test_first_months
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window):t].mean(axis=0)
    return result[1:]
