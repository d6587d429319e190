"""One matrix of weights over months.

question: forecast
"""


def forecast_returns(betas, factors, window):
    t = np.arange(len(factors))
    age = t[:, None] - t[None, :]
    known = ((age >= 1) & (age <= window)).astype(float)
    premia = known @ factors / np.maximum(known.sum(axis=1, keepdims=True), 1)
    return (betas * premia[:, None, :]).sum(axis=-1)
