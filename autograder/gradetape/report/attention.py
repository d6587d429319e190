"""Hand-ins that somebody should look at: not graded, unreadable, crashed, out of time, slow, stopped by an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from gradetape.grade_report import GradeReport

from .words import clean

_LEAST = 10
"""hand-ins below which no time is out of the ordinary"""


@dataclass(frozen=True)
class Notice:
    """Hand-ins with the same kind of trouble."""

    title: str
    advice: str
    found: list[tuple[str, str]]
    """student and what is to be said"""


def notices(reports: Sequence[GradeReport], ungraded: Sequence[str]) -> list[Notice]:
    """Every kind of trouble that occurs. `ungraded` are students whose hand-in has no grade yet."""
    kinds = [
        Notice("Not graded yet", "Give the same `gradetape grade` command again: it goes on where it stopped.", [(s, "") for s in ungraded]),
        Notice(
            "The kit failed, not the hand-in",
            "These are no grades. Mend what is said and grade them again with `--regrade failed`.",
            [(r.student, _first(r.problem)) for r in reports if r.fault],
        ),
        Notice("Could not be read", "Ask for another file; the reason says which.", [(r.student, _first(r.problem)) for r in reports if unread(r)]),
        Notice("Ended the process", "These tests ran in a worker that died; the others were graded in a fresh one.", list(_ended(reports, "crash"))),
        Notice("Ran out of time", "The answer computed for longer than `limits` allows.", list(_ended(reports, "timeout"))),
        Notice("Slow", "Much more CPU time than the rest of the class, though within the limits.", list(_slow(reports))),
        Notice(
            "A cell stopped with an error",
            "The cells after it ran all the same.",
            [(r.student, f"cell {r.cells[0].cell}: {_first(r.cells[0].error)}{_more(len(r.cells) - 1, 'cell')}") for r in reports if r.cells],
        ),
    ]
    return [notice for notice in kinds if notice.found]


def unread(report: GradeReport) -> bool:
    """Whether nothing of a hand-in could be graded, for reasons of its own."""
    return bool(report.problem) and not report.fault and not any(q.tests for q in report.questions)


def _ended(reports: Sequence[GradeReport], outcome: str) -> Iterator[tuple[str, str]]:
    for report in reports:
        tests = [(q, t) for q in report.questions for t in q.tests if t.outcome == outcome]
        if tests:
            question, test = tests[0]
            yield report.student, f"{question.name}: {_first(test.detail or test.hint)}{_more(len(tests) - 1, 'test')}"


def _slow(reports: Sequence[GradeReport]) -> Iterator[tuple[str, str]]:
    """Times far outside: beyond the third quartile by three interquartile ranges (J. W. Tukey, "Exploratory Data
    Analysis", 1977, §2D: values *far out*), and at least twice the median, for a class may be much alike."""
    times = sorted(r.seconds for r in reports if r.seconds)
    if len(times) < _LEAST:
        return
    low, middle, high = quantiles(times, n=4)
    limit = max(high + 3 * (high - low), 2 * middle)
    for report in sorted(reports, key=lambda r: -r.seconds):
        if report.seconds > limit and not any(t.outcome == "timeout" for q in report.questions for t in q.tests):
            yield report.student, f"{report.seconds:.1f} CPU s, where the median is {median(times):.1f}"


def _first(text: str) -> str:
    return clean(text).strip().partition("\n")[0]


def _more(count: int, what: str) -> str:
    return f" (and {count} more {what}{'s' if count > 1 else ''})" if count > 0 else ""
