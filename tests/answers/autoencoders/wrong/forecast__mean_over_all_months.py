"""The mean over all months, later ones too.

question: forecast
fails: test_formula, test_no_look_ahead
"""


def forecast_returns(betas, factors, window):
    return betas @ factors.mean(axis=0)
