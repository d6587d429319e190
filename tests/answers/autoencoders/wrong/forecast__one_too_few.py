"""The window is one month too short.

question: forecast
fails: test_formula, test_forgets
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        result[t] = betas[t] @ factors[max(0, min(t - window + 1, t - 1)):t].mean(axis=0)
    return result
