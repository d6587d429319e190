"""A list of rows, the first one empty.

question: forecast
"""


def forecast_returns(betas, factors, window):
    rows = [np.zeros(betas.shape[1])]
    for t in range(1, betas.shape[0]):
        past = factors[:t][-window:]
        rows.append(np.dot(betas[t], np.mean(past, axis=0)))
    return np.stack(rows)
