"""Differences of cumulative sums.

question: forecast
"""


def forecast_returns(betas, factors, window):
    T = len(factors)
    total = np.concatenate([np.zeros((1, factors.shape[1])), np.cumsum(factors, axis=0)])
    end = np.arange(T)
    start = np.maximum(end - window, 0)
    premia = (total[end] - total[start]) / np.maximum(end - start, 1)[:, None]
    return np.einsum("tnk,tk->tn", betas, premia)
