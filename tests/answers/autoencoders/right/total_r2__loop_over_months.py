"""Month by month, summed up, divided once.

question: total_r2
"""


def total_r2(returns, predicted):
    errors, squares = 0.0, 0.0
    for r, p in zip(returns, predicted):
        errors += float(np.dot(r - p, r - p))
        squares += float(np.dot(r, r))
    return 1 - errors / squares
