"""The formula in NumPy, on arrays where every wrong axis, mean or square gives another number."""

import numpy as np

from gradetape.suite import as_array, assert_close, assert_shape, check, question, visible

pytestmark = question("total_r2")


def some_months(rng):
    """Returns with wild and calm months, a mean of their own, and a fair forecast of them."""
    scale = np.array([[9.0], [0.2], [3.0], [1.0], [5.0]])
    returns = scale * (rng.normal(size=(5, 7)) + 0.4)
    return returns, 0.6 * returns + 0.3 * scale * rng.normal(size=(5, 7)) + 0.1


def expected(returns, predicted):
    return 1 - ((returns - predicted) ** 2).sum() / (returns**2).sum()


@visible
def test_formula(student, rng):
    """One minus squared errors over squared returns, summed over all months and tickers."""
    returns, predicted = some_months(rng)
    value = student.r2(returns, predicted)["value"]
    hint = "Two sums over all months and tickers, then one division: what do you subtract, square, or average?"
    assert_shape(value, (), hint=hint, what="total R²")
    assert_close(value, expected(returns, predicted), hint=hint, what="total R²")


def test_perfect_and_silent(student, rng):
    """A perfect model has 1, a forecast of zeros 0."""
    returns, _ = some_months(rng)
    hint = "Compare with the forecast 'nothing will happen', and subtract no mean."
    assert_close(student.r2(returns, returns)["value"], 1.0, hint=hint, what="R² of a perfect model")
    assert_close(student.r2(returns, np.zeros_like(returns))["value"], 0.0, hint=hint, what="R² of zeros")


def test_negative(student, rng):
    """A model worse than silence has a negative R², as negative as it deserves."""
    returns, _ = some_months(rng)
    hint = "Neither clip the result nor turn its sign: a bad model may be far below zero."
    assert_close(student.r2(returns, -returns)["value"], -3.0, hint=hint, what="R² of the opposite")
    assert_close(student.r2(returns, 4 * returns)["value"], -8.0, hint=hint, what="R² of four times the returns")


def test_roles(student, rng):
    """Returns come first: only they stand in the denominator."""
    returns, predicted = some_months(rng)
    hint = "Which of the two arguments is the truth?"
    assert_close(student.r2(predicted, returns)["value"], expected(predicted, returns), hint=hint, what="R² with the roles changed")


def test_other_shapes_and_types(student, rng):
    """One month, one ticker, float32 and whole numbers."""
    hint = "Nothing may be fixed to a shape, or cut off on the way."
    for shape in [(1, 6), (6, 1)]:
        returns, predicted = rng.normal(size=shape).astype("float32"), rng.normal(size=shape).astype("float32")
        value = as_array(student.r2(returns, predicted)["value"], hint=hint)
        assert_close(value, expected(returns.astype(float), predicted.astype(float)), rtol=1e-3, hint=hint, what=f"R² of shape {shape}")
    returns, predicted = np.array([[3, -1, 2], [0, 4, -5]]), np.array([[2, 1, 2], [1, 3, -4]])
    assert_close(student.r2(returns, predicted)["value"], expected(returns, predicted), hint=hint, what="R² of whole numbers")


def test_arguments_stay(student, rng):
    """The arrays that were handed in are as they were."""
    returns, predicted = some_months(rng)
    check(student.r2(returns, predicted)["untouched"], hint="Make new arrays instead of changing those that you were given.", what="arguments as before")
