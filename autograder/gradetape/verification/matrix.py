"""The kill matrix: which test, and which assertion in it, tells which answer from a right one.

An assertion is *needed* if an examination without it would come out otherwise: a wrong answer would no
longer fail a test that it names, or a wrong answer or mutant would pass its question. Any other one is
redundant, and the matrix shows what covers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gradetape.grade_report import TestResult

from .cases import Case
from .suite_source import Assertion

EXACT = 1e9
"""a ratio that stands for simply false"""
_RESTS = 0.5
"""a question rests on one test if that test alone catches more than this share of what is caught"""


@dataclass(frozen=True)
class Row:
    """One case and what its question's tests said of it."""

    case: Case
    tests: dict[str, TestResult]

    @property
    def killers(self) -> set[str]:
        return {name for name, test in self.tests.items() if test.outcome not in ("passed", "deferred")}

    @property
    def killed(self) -> bool:
        return bool(self.killers)

    def killers_without(self, assertion: Assertion) -> set[str]:
        """The tests that would still fail if the assertion were not there.

        A test that ended in an error would end so in any case; one that failed needs another assertion that failed.
        """
        return {
            name
            for name in self.killers
            if self.tests[name].outcome != "failed" or any(not c.passed and not _at(c.where, assertion) for c in self.tests[name].checks)
        }

    def needs(self, assertion: Assertion) -> bool:
        """Whether the examination would come out otherwise on this case without the assertion."""
        left = self.killers_without(assertion)
        lost = {plain(name) for name in self.killers} - {plain(name) for name in left}
        return self.killed and (not left or not lost.isdisjoint(self.case.fails))

    def failed_at(self, assertion: Assertion) -> bool:
        return any(not c.passed and _at(c.where, assertion) for test in self.tests.values() for c in test.checks)


@dataclass(frozen=True)
class Evidence:
    """What the cases say of one assertion."""

    assertion: Assertion
    reached: bool
    """whether it was ever made"""
    fails: list[Case]
    needed_by: list[Case]
    covered_by: list[tuple[str, int]]
    """of a redundant one: what else catches the cases that it fails, with how many"""
    passes_to: float | None
    """the largest ratio of error to tolerance of a right answer"""
    fails_from: float | None
    """the smallest such ratio of a wrong answer that it fails"""


@dataclass
class Matrix:
    """One question's tests against its cases: the wrong answers and mutants, and the right answers for margins."""

    question: str
    tests: list[str]
    rows: list[Row]
    right: list[Row] = field(default_factory=list)

    def kills(self, test: str) -> list[Case]:
        return [row.case for row in self.rows if test in row.killers]

    def alone(self, test: str) -> list[Case]:
        """The cases that no other test catches."""
        return [row.case for row in self.rows if row.killers == {test}]

    def redundant_tests(self) -> dict[str, list[tuple[str, int]]]:
        """Tests that catch nothing that another does not, each with the tests that cover it."""
        return {
            test: _cover({row.case.id for row in self.rows if test in row.killers}, self._killed_by(test))
            for test in self.tests
            if not self.alone(test) and not self._deferred(test)
        }

    def _killed_by(self, besides: str) -> dict[str, set[str]]:
        return {t: {c.id for c in self.kills(t)} for t in self.tests if t != besides}

    def _deferred(self, test: str) -> bool:
        return all(row.tests[test].outcome == "deferred" for row in self.rows if test in row.tests)

    def rests_on(self) -> str | None:
        """The test without which most of what is caught would pass, if there is one."""
        caught = sum(row.killed for row in self.rows)
        return next((test for test in self.tests if len(self.alone(test)) > _RESTS * caught), None)

    def evidence(self, assertions: Sequence[Assertion]) -> list[Evidence]:
        """What the cases say of each assertion of the question."""
        failed = {a.where: {row.case.id for row in self.rows if row.failed_at(a)} for a in assertions}
        return [self._evidence(assertion, failed) for assertion in assertions]

    def _evidence(self, assertion: Assertion, failed: dict[str, set[str]]) -> Evidence:
        fails = [row for row in self.rows if row.failed_at(assertion)]
        needed = [row.case for row in self.rows if row.needs(assertion)]
        others = {where: ids for where, ids in failed.items() if where != assertion.where}
        for row in fails:  # what ends in an exception is caught by no assertion
            for name in row.killers:
                if row.tests[name].outcome != "failed":
                    others.setdefault(f"{name} ({row.tests[name].outcome})", set()).add(row.case.id)
        made = [c for row in (*self.right, *self.rows) for t in row.tests.values() for c in t.checks if _at(c.where, assertion)]
        right = [c.ratio for row in self.right for t in row.tests.values() for c in t.checks if _at(c.where, assertion)]
        wrong = [c.ratio for c in made if not c.passed]
        return Evidence(
            assertion,
            reached=bool(made),
            fails=[row.case for row in fails],
            needed_by=needed,
            covered_by=[] if needed else _cover({row.case.id for row in fails}, others),
            passes_to=max(right, default=None),
            fails_from=min(wrong, default=None),
        )


def _at(where: str, assertion: Assertion) -> bool:
    """Whether a recorded place is the assertion's: a call over several lines may be recorded at any of them."""
    file, _, line = where.rpartition(":")
    return file == assertion.file and assertion.line <= int(line) <= assertion.end_line


def _cover(wanted: set[str], others: dict[str, set[str]]) -> list[tuple[str, int]]:
    """A few of `others` that together hold all of `wanted`, the largest share first."""
    cover, left = [], set(wanted)
    while left:
        name = max(others, key=lambda other: len(others[other] & left), default=None)
        if name is None or not others[name] & left:
            break
        cover.append((name, len(others[name] & wanted)))
        left -= others[name]
    return cover


def plain(test: str) -> str:
    """A test's name without what `parametrize` adds."""
    return test.partition("[")[0]


def build(question: str, results: Iterable[tuple[Case, list[TestResult]]]) -> Matrix:
    """The matrix of a question from what its tests said of its cases."""
    rows = [Row(case, {test.name: test for test in tests}) for case, tests in results]
    names = dict.fromkeys(name for row in rows for name in row.tests)
    return Matrix(
        question,
        list(names),
        [row for row in rows if row.case.examines],
        [row for row in rows if row.case.is_right],
    )
