"""The beginning of the slice may be negative.

question: forecast
fails: test_first_months
"""


def forecast_returns(betas, factors, window):
    result = np.zeros(betas.shape[:2])
    for t in range(1, len(factors)):
        past = factors[t - window:t]
        if len(past):
            result[t] = betas[t] @ past.mean(axis=0)
    return result
