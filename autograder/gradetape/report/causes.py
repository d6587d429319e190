"""Why points were lost: failures of a class, those with the same cause together, the commonest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gradetape.grade_report import GradeReport, TestResult

from .words import OUTCOMES, clean


@dataclass(frozen=True)
class Cause:
    """Tests of one question that failed the same hand-ins in the same way."""

    question: str
    """its title"""
    tests: list[tuple[str, str]]
    """each one's title, and the hint of the assertion that failed"""
    said: str
    """the outcome in words"""
    kind: str
    """the exception's name, or how the worker ended; empty for a wrong answer"""
    students: list[str]
    example: TestResult
    """of the first of these students"""


def causes(reports: Sequence[GradeReport]) -> list[Cause]:
    """All causes, by how many hand-ins they cost points, then in the order of the questions.

    A cause is a test, its outcome and the error's kind (of a wrong answer: the hint). Where several tests of a question
    failed exactly the same hand-ins with the same outcome and error, they are one cause: a misspelt name, or a wrong
    formula, fails many tests.
    """
    met: dict[tuple[str, str, str, str], list[tuple[GradeReport, TestResult]]] = {}
    titles: dict[str, str] = {}
    for report in reports:
        for question in report.questions:
            titles.setdefault(question.name, clean(question.title))
            for test in question.tests:
                if test.outcome not in ("passed", "deferred"):
                    met.setdefault((question.name, test.name, test.outcome, kind(test)), []).append((report, test))
    together: dict[tuple, list[list[tuple[GradeReport, TestResult]]]] = {}
    for (question, _, outcome, why), found in met.items():
        students = frozenset(report.student for report, _ in found)
        together.setdefault((question, outcome, "" if outcome == "failed" else why, students), []).append(found)
    order = list(titles)
    grouped = sorted(together.items(), key=lambda item: (-len(item[0][3]), order.index(item[0][0])))
    return [
        Cause(
            question=titles[question],
            tests=[(clean(found[0][1].title), clean(found[0][1].hint) if outcome == "failed" else "") for found in groups],
            said=OUTCOMES[outcome],
            kind=why,
            students=sorted((report.student for report, _ in groups[0]), key=str.casefold),
            example=min(groups[0], key=lambda pair: pair[0].student.casefold())[1],
        )
        for (question, outcome, why, _), groups in grouped
    ]


def kind(test: TestResult) -> str:
    """What sets a failure apart from others with the same outcome; empty if nothing does."""
    if test.outcome == "failed":
        return clean(test.hint)
    if test.outcome == "error":
        lines = (clean(test.traceback) or clean(test.detail)).strip().splitlines()
        name = re.match(r"[A-Za-z_][\w.]*", lines[-1].strip()) if lines else None
        return name[0] if name else ""
    return clean(test.detail) if test.outcome in ("timeout", "crash") else ""
