"""Item analysis: numbers that can be checked by hand, and honest silence where there is nothing to say."""

import math

import numpy as np
import pytest

from gradetape.report.item_analysis import LEAST, analyse, discrimination
from paper_class import class_by_marks, question, report, test


def items(*marks):
    return analyse(class_by_marks(*marks))


def test_difficulty_is_the_share_that_passes():
    (easy,), (hard,) = (q.tests for q in items("++", "+-", "+-", "+-"))
    assert (easy.difficulty, hard.difficulty) == (1, 0.25)
    assert (hard.ran, hard.passed, hard.failures) == (4, 1, [("failed", 3)])


def test_point_biserial_by_its_own_formula():
    """r = (M1 − M0) / s · √(p (1 − p)), s the standard deviation over all: the textbook's formula (Crocker and Algina 1986, ch. 14)."""
    passed = np.array([1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1.0])
    rest = np.array([9, 8, 8, 7, 7, 6, 5, 5, 4, 3, 2, 1.0])
    p = passed.mean()
    by_hand = (rest[passed == 1].mean() - rest[passed == 0].mean()) / rest.std() * math.sqrt(p * (1 - p))
    found = discrimination(list(passed), list(rest))
    assert found.value == pytest.approx(by_hand)
    assert found.low < found.value < found.high


def test_the_interval_is_fishers():
    """For r = 0.5 and n = 28: tanh(0.5493 ± 1.96/5) = 0.156 … 0.736."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 28))
    y -= y.mean() + (x - x.mean()) * np.cov(x, y)[0, 1] / x.var(ddof=1)
    found = discrimination(list(x), list(0.5 * x / x.std() + math.sqrt(0.75) * y / y.std()))
    assert (found.value, found.low, found.high) == (pytest.approx(0.5), pytest.approx(0.156, abs=1e-3), pytest.approx(0.736, abs=1e-3))


def test_an_item_is_not_compared_with_itself():
    """Two items that have nothing to do with each other: with itself in the sum, each would correlate at 0.7."""
    first, second = items(*["++", "+-", "-+", "--"] * 10)
    assert abs(first.tests[0].discrimination.value) < 1e-9 and abs(second.discrimination.value) < 1e-9


@pytest.mark.parametrize(
    "marks, why",
    [
        (["+-"] * (LEAST - 1), "fewer than"),
        (["++", "+-"] * LEAST, "same result"),
        (["-+", "++"] * LEAST, "same points elsewhere"),
        ([".-", ".+"] * LEAST, "fewer than"),
        (["+", "-"] * LEAST, "same points elsewhere"),
    ],
)
def test_it_says_why_there_is_no_discrimination(marks, why):
    found = items(*marks)[0].tests[0].discrimination
    assert found.value is None and why in found.why


def test_perfect_agreement_has_an_interval():
    found = discrimination([0.0, 1.0] * 6, [0.0, 1.0] * 6)
    assert found.value == pytest.approx(1) and found.low > 0.99 and found.high <= 1


def test_a_test_that_the_better_ones_fail_is_named():
    (odd, *_) = items(*["-+++"] * 10, *["+---"] * 8, "++++", "----")
    assert "better hand-ins fail it" in odd.tests[0].remark and "Nobody" not in odd.tests[0].remark


def test_a_test_that_nobody_passes_is_named_in_a_class_not_in_a_handful():
    assert "Nobody passes" in items(*["-+"] * LEAST)[0].tests[0].remark
    assert not items("-+", "-+")[0].tests[0].remark


def test_what_waits_is_not_counted_as_failed():
    (first, second) = items("+.", "+.", "-+")
    assert (second.tests[0].ran, second.tests[0].waiting, second.tests[0].difficulty) == (1, 2, 1)
    assert second.states == {"waiting": 2, "full": 1} and second.mean == 10
    assert items(".")[0].difficulty is None


def test_weights_and_partial_points():
    half = question(test("a", weight=3), test("b", "failed"), points=20)
    (found,) = analyse([report("s", half)])
    assert (found.mean, found.difficulty, found.states) == (15, 0.75, {"part": 1})


def test_a_test_that_only_some_reports_have():
    """A regrade with a newer suite has begun."""
    old, new = report("a", question(test("a"))), report("b", question(test("a"), test("b", "failed")))
    assert [(t.name, t.ran) for t in analyse([old, new])[0].tests] == [("test_a", 2), ("test_b", 1)]


def test_nobody():
    assert analyse([]) == []
