"""Forecasts against a slow and plain version, and against a change of what nobody could have known."""

import numpy as np

from gradetape.suite import as_array, assert_close, assert_differs, assert_equal, assert_shape, check, get, question, visible, weight

pytestmark = question("forecast")

MONTHS, TICKERS, FACTORS = 11, 5, 3


def a_market(rng):
    return rng.normal(size=(MONTHS, TICKERS, FACTORS)), 2 + rng.normal(size=(MONTHS, FACTORS))


def expected(betas, factors, window):
    """Number by number, as the docstring says it."""
    result = np.zeros(betas.shape[:2])
    for t in range(len(betas)):
        known = [factors[s] for s in range(len(factors)) if t - window <= s < t]
        for i in range(betas.shape[1]):
            result[t, i] = sum(betas[t, i, k] * sum(f[k] for f in known) / len(known) for k in range(betas.shape[2])) if known else 0.0
    return result


def forecasts(student, betas, factors, window):
    made = as_array(get(student.forecast(betas, factors, window), "forecasts"), what="forecasts")
    assert_shape(made, betas.shape[:2], hint="One forecast for each month and each ticker.", what="forecasts")
    return made


@visible
def test_formula(student, rng):
    """Betas of the month times the mean of the factors in the window before it."""
    betas, factors = a_market(rng)
    got = forecasts(student, betas, factors, 4)
    hint = "Which rows of factors go into the mean for month t, and which row of betas meets it?"
    assert_close(got[4:], expected(betas, factors, 4)[4:], hint=hint, what="forecasts with a full window")


def test_first_months(student, rng):
    """Where fewer months have passed than the window asks for, those there are count; the first forecast is zero."""
    betas, factors = a_market(rng)
    got = forecasts(student, betas, factors, 6)
    assert_close(got[0], np.zeros(TICKERS), hint="Before the first month nothing is known: its row is all zeros.", what="forecast of month 0")
    hint = "Divide by how many months there are, and mind what a slice with a negative beginning means."
    assert_close(got[1:6], expected(betas, factors, 6)[1:6], hint=hint, what="forecasts of months 1 to 5")


@weight(3)
def test_no_look_ahead(student, rng):
    """A forecast does not move when factors of its month or of a later one do."""
    betas, factors = a_market(rng)
    for window in (1, 4, 30):
        before = forecasts(student, betas, factors, window)
        for month in (1, 5, 9):
            later = factors.copy()
            later[month:] += 7.0
            after = forecasts(student, betas, later, window)
            hint = "The factors of month t are known when it is over: the forecast for month t may use none from t on."
            assert_close(after[: month + 1], before[: month + 1], hint=hint, what=f"forecasts up to month {month}, window {window}")
            hint = "The last month before the forecast counts too."
            assert_differs(after[month + 1], before[month + 1], at_least=1e-3, hint=hint, what=f"forecast of month {month + 1}")


def test_forgets(student, rng):
    """What lies further back than the window does not count."""
    betas, factors = a_market(rng)
    before = forecasts(student, betas, factors, 3)
    old = factors.copy()
    old[:4] -= 5.0
    after = forecasts(student, betas, old, 3)
    assert_close(after[7:], before[7:], hint="The mean goes back window months and no further.", what="forecasts from month 7 on")
    assert_differs(after[6], before[6], at_least=1e-3, hint="The mean goes back window months: one too few.", what="forecast of month 6")


def test_betas_of_the_month(student, rng):
    """A month's betas move this month's forecast of their own ticker and nothing else."""
    betas, factors = a_market(rng)
    before = forecasts(student, betas, factors, 4)
    moved = betas.copy()
    moved[6, 2, 1] += 3.0
    after = forecasts(student, moved, factors, 4)
    hint = "Betas of month t are known before it: row t of the forecasts is made from row t of the betas."
    assert_equal(np.argwhere(np.abs(after - before) > 1e-6).tolist(), [[6, 2]], hint=hint, what="forecasts that moved (month, ticker)")


def test_any_window(student, rng):
    """Windows of one month, of all months, and of more than there are."""
    betas, factors = a_market(rng)
    for window in (1, MONTHS - 1, MONTHS, 3 * MONTHS):
        got = forecasts(student, betas, factors, window)
        assert_close(got, expected(betas, factors, window), hint="The window may be as short as one month or longer than the data.", what=f"forecasts, window {window}")


def test_other_sizes(student, rng):
    """One ticker, one factor, one month."""
    for months, tickers, factors in [(4, 1, 3), (4, 5, 1), (1, 2, 3)]:
        betas, returns = rng.normal(size=(months, tickers, factors)), rng.normal(size=(months, factors))
        got = forecasts(student, betas, returns, 2)
        hint = "The sum runs over factors, whatever the other sizes are."
        assert_close(got, expected(betas, returns, 2), hint=hint, what=f"forecasts for T, N, K = {months}, {tickers}, {factors}")


def test_arguments_stay(student, rng):
    """Betas and factors that were handed in are as they were."""
    betas, factors = a_market(rng)
    hint = "Make new arrays instead of changing those that you were given."
    check(get(student.forecast(betas, factors, 4), "untouched"), hint=hint, what="arguments as before")
