"""The last month before is left out.

question: forecast
fails: test_formula, test_no_look_ahead
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(2, len(factors)):
        result[t] = betas[t] @ factors[max(0, t - window - 1):t - 1].mean(axis=0)
    return result
