"""Explains with the factors of the month.

question: forecast
fails: test_formula, test_no_look_ahead
"""


def forecast_returns(betas, factors, window):
    return np.einsum("tnk,tk->tn", betas, factors)
