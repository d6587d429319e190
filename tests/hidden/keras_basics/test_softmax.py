"""Softmax against its definition, evaluated with a shift in NumPy."""

import numpy as np

from gradetape.suite import as_array, assert_between, assert_close, assert_equal, get, question, visible, weight

pytestmark = question("softmax")


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@visible
@weight(2)
def test_rows(student, rng):
    """Four rows of five logits follow the formula."""
    z = rng.normal(scale=2, size=(4, 5))
    hint = "Each row is divided by the sum of its own exponentials: along the last axis."
    assert_close(get(student.probabilities(z), "p"), softmax(z), hint=hint, what="probabilities")


def test_any_number_of_axes(student, rng):
    """One axis, or three, work as well as two: the last is the classes'."""
    for shape in [(6,), (2, 3, 4)]:
        z = rng.normal(scale=2, size=shape)
        hint = "Use the last axis, axis=-1, and keep it, so that the division lines up whatever comes before it."
        assert_close(get(student.probabilities(z), "p"), softmax(z), hint=hint, what=f"probabilities for shape {shape}")


def test_huge_logits(student):
    """Logits of a thousand and of minus a thousand give finite probabilities, in every row of a batch."""
    z = np.array([[1000.0, 998.5, 0.0], [-1000.0, -1002.0, -1001.0], [3e4, -3e4, 3e4], [0.3, -0.2, 0.1]])
    hint = "Shift each row by its own largest logit: a shift that suits one row makes another overflow, or vanish."
    assert_close(get(student.probabilities(z), "p"), softmax(z), rtol=1e-4, atol=1e-9, hint=hint, what="probabilities")


def test_is_a_distribution(student, rng):
    """Every row is non-negative and adds up to one."""
    z = rng.normal(scale=30, size=(50, 7))
    p = as_array(get(student.probabilities(z), "p"), what="probabilities")
    assert_between(p, 0, 1, hint="A probability lies between 0 and 1.", what="probabilities")
    assert_close(p.sum(axis=-1), np.ones(50), hint="Probabilities of one example add up to 1.", what="sums of the rows")


def test_small_probabilities_stay(student):
    """A class with a probability of a billionth keeps it: nothing is clipped or padded."""
    z = np.array([[0.0, -20.0, -25.0]])
    p = as_array(get(student.probabilities(z), "p"), what="probabilities")
    assert_close(np.log(np.maximum(p, 1e-300)), np.log(softmax(z)), rtol=1e-3, atol=1e-6, hint="Add nothing to the numerator or the denominator.", what="log-probabilities")


def test_list_and_untouched(student):
    """A nested list is accepted, and an array given is left as it was."""
    z = np.array([[1.0, 2.0], [5.0, 3.0]])
    assert_close(student.probabilities_of_a_list(z.tolist()), softmax(z), hint="Make an array of whatever comes in.", what="probabilities of a list")
    assert_equal(get(student.probabilities(z), "z"), z, hint="Do not subtract in place: the array is the caller's.", what="the caller's array")
    assert_close(student.probabilities_of_a_list([[1, 2], [5, 3]]), softmax(z), hint="Whole numbers are numbers too.", what="probabilities of integers")
