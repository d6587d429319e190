"""Shifted by np.roll, so that the last month comes first.

question: forecast
fails: test_first_months, test_no_look_ahead
"""


def forecast_returns(betas, factors, window):
    before = np.roll(factors, 1, axis=0)
    return np.stack([betas[t] @ before[max(0, t - window + 1):t + 1].mean(axis=0) for t in range(len(factors))])
