"""Item analysis: how hard each question and each test is, and whether it tells better answers from worse.

*Difficulty* is the share that passes, from 0 (nobody) to 1 (everybody). *Discrimination* is the correlation of an
item with the rest of the points: for a test, which is passed or not, the point-biserial correlation. The item's own
points are left out of the rest, since an item always agrees with itself: S. Henrysson, "Correction of item-total
correlations in item analysis", Psychometrika 28 (1963), 211–218. Its 95 % interval is R. A. Fisher's, by
z = artanh r with standard error 1/√(n − 3): "On the 'probable error' of a coefficient of correlation deduced from a
small sample", Metron 1 (1921), 3–32. It holds for normal scores, and roughly for these.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean

from gradetape.grade_report import GradeReport, QuestionResult, TestResult

from .words import clean, state

LEAST = 10
"""hand-ins below which a correlation says nothing: with nine, even 0.6 may be chance"""


@dataclass(frozen=True)
class Discrimination:
    """How far an item agrees with the rest of the points; `value` is None where that cannot be said."""

    value: float | None
    low: float = 0.0
    high: float = 0.0
    """the 95 % interval"""
    why: str = ""
    """why there is no value"""


@dataclass(frozen=True)
class TestItem:
    """One test over the class."""

    __test__ = False

    name: str
    title: str
    gpu: bool
    ran: int
    """hand-ins on which it ran"""
    passed: int
    waiting: int
    """hand-ins on which it waits for the gpu tier"""
    failures: list[tuple[str, int]]
    """outcome and how many, the commonest first"""
    discrimination: Discrimination

    @property
    def difficulty(self) -> float | None:
        """The share that passed; None if it ran on nobody's answer."""
        return self.passed / self.ran if self.ran else None

    @property
    def remark(self) -> str:
        """What somebody should look at, if anything."""
        if self.ran >= LEAST and not self.passed:
            return "Nobody passes: is it the question, the test, or the teaching?"
        if self.discrimination.value is not None and self.discrimination.high < 0:
            return "The better hand-ins fail it more often than the others: read the test."
        return ""


@dataclass(frozen=True)
class QuestionItem:
    """One question over the class."""

    name: str
    title: str
    points: float
    states: dict[str, int]
    """`words.state` → hand-ins"""
    mean: float | None
    """mean points; None if no test of it ran on anybody's answer"""
    discrimination: Discrimination
    tests: list[TestItem]

    @property
    def difficulty(self) -> float | None:
        """The mean share of its points."""
        return None if self.mean is None else self.mean / self.points


def analyse(reports: Sequence[GradeReport]) -> list[QuestionItem]:
    """Each question with its tests, in their order. Give only reports that tests ran for: what could not be read says
    nothing about a test. An answer that is not written yet counts as failed; a test that waits does not count at all.
    """
    class_ = [_Sums(report.earned, sum(map(_decided, report.questions)), report.questions) for report in reports]
    names = dict.fromkeys(q.name for sums in class_ for q in sums.questions)
    return [_question(name, class_) for name in names]


@dataclass(frozen=True)
class _Sums:
    """One report with its sums: they are asked for a hundred times each."""

    earned: float
    decided: float
    questions: list[QuestionResult]

    def elsewhere(self, earned: float, decided: float) -> float:
        """The share earned of the points decided outside an item that earned `earned` of `decided`."""
        rest = self.decided - decided
        return (self.earned - earned) / rest if rest > 1e-9 else 0.0


def discrimination(scores: Sequence[float], rest: Sequence[float]) -> Discrimination:
    """The correlation of an item's scores with the rest's, each pair one student's; never a number that means nothing."""
    if len(scores) < LEAST:
        return Discrimination(None, why=f"fewer than {LEAST} hand-ins")
    if max(scores) - min(scores) < 1e-9:
        return Discrimination(None, why="all have the same result")
    if max(rest) - min(rest) < 1e-9:
        return Discrimination(None, why="all have the same points elsewhere")
    try:
        r = correlation(scores, rest)
    except StatisticsError:  # variance so small that it vanishes in rounding
        return Discrimination(None, why="results hardly differ")
    z, error = math.atanh(max(-0.9999, min(0.9999, r))), 1.96 / math.sqrt(len(scores) - 3)
    return Discrimination(r, math.tanh(z - error), math.tanh(z + error))


def _question(name: str, class_: list[_Sums]) -> QuestionItem:
    asked = [(sums, q) for sums in class_ for q in sums.questions if q.name == name]
    ran = [(sums, q.earned, decided) for sums, q in asked if (decided := _decided(q)) > 0]
    question = asked[0][1]
    tests = dict.fromkeys(t.name for _, q in asked for t in q.tests)
    return QuestionItem(
        name=name,
        title=clean(question.title),
        points=question.points,
        states=dict(Counter(state(q) for _, q in asked)),
        mean=fmean(earned for _, earned, _ in ran) if ran else None,
        discrimination=discrimination(
            [earned / decided for _, earned, decided in ran], [sums.elsewhere(earned, decided) for sums, earned, decided in ran]
        ),
        tests=[_test(test, asked) for test in tests],
    )


def _test(name: str, asked: list[tuple[_Sums, QuestionResult]]) -> TestItem:
    found = [(sums, q, t) for sums, q in asked for t in q.tests if t.name == name]
    ran = [(sums, t.outcome == "passed", _worth(q, t)) for sums, q, t in found if t.outcome != "deferred"]
    test = found[0][2]
    return TestItem(
        name=name,
        title=clean(test.title),
        gpu=test.gpu,
        ran=len(ran),
        passed=sum(passed for _, passed, _ in ran),
        waiting=len(found) - len(ran),
        failures=Counter(t.outcome for _, _, t in found if t.outcome not in ("passed", "deferred")).most_common(),
        discrimination=discrimination(
            [float(passed) for _, passed, _ in ran], [sums.elsewhere(passed * worth, worth) for sums, passed, worth in ran]
        ),
    )


def _worth(question: QuestionResult, test: TestResult) -> float:
    """A test's points."""
    return question.points * test.weight / sum(t.weight for t in question.tests)


def _decided(question: QuestionResult) -> float:
    """The points that its tests have decided on."""
    return question.points - question.deferred if question.tests else 0.0
