"""Demeans the factors that it was given.

question: forecast
fails: test_formula, test_arguments_stay
"""


def forecast_returns(betas, factors, window):
    factors -= factors.mean(axis=0)
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window):t].mean(axis=0)
    return result
