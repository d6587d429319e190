"""A queue of what is known so far.

question: forecast
"""


def forecast_returns(betas, factors, window):
    from collections import deque

    known, rows = deque(maxlen=window), []
    for beta, factor in zip(betas, factors):
        premium = sum(known) / len(known) if known else np.zeros_like(factor)
        rows.append(beta @ premium)
        known.append(factor)
    return np.array(rows)
