"""What a student is given back: one HTML file that needs nothing else, and the same as Markdown, to be mailed or pasted.

Both show what passed, what failed, hints and the student's own tracebacks, as far as `feedback:` in
`grader_config.yaml` allows. They are written to be handed out with the grades, so all that a student may
see at once or after publication is in them, and what is set to `never` is not. A test's code, what it
expected and what it measured (`TestResult.detail`) have no place in their data at all; nor have their
answers, or why staff adjusted points, which may quote a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradetape.config import Course, Feedback
from gradetape.grade_report import GradeReport, QuestionResult, TestResult

from .files import file_name, whole_file
from .pages import environment
from .words import OUTCOMES, alike, clean, points, state

if TYPE_CHECKING:  # it uses this package
    from gradetape.late import Reckoning


@dataclass(frozen=True)
class Failure:
    """Tests that failed in the same way, as their student reads it."""

    titles: list[str]
    said: str
    hint: str
    traceback: str


@dataclass(frozen=True)
class Part:
    """One question as its student reads it."""

    number: int
    name: str
    title: str
    earned: str
    points: str
    share: float
    """earned over possible, from 0 to 1"""
    deferred: str
    deferred_share: float
    state: str
    """full · part · none · missing · waiting · unread"""
    failures: list[Failure]
    passing: list[str]
    waiting: list[str]
    tested: bool
    """whether any test ran or waits: not so where the file could not be read"""
    untold: int
    """tests whose results the course keeps to itself"""


def write_feedback(report: GradeReport, course: Course, folder: Path, reckoning: Reckoning | None = None) -> Path:
    """Write `<student>.html` and `<student>.md`, and return the first's path.

    With `reckoning`, they also say what staff adjusted, what was taken off for being late, and what counts.
    """
    for suffix, page in (("md", feedback_markdown), ("html", feedback_page)):
        path = folder / f"{file_name(report.student)}.{suffix}"
        with whole_file(path, encoding="utf-8") as file:
            file.write(page(report, course, reckoning))
    return path


def feedback_page(report: GradeReport, course: Course, reckoning: Reckoning | None = None) -> str:
    """The page's HTML. Everything that comes from a hand-in is cleaned and escaped."""
    return environment().get_template("feedback.html").render(_told(report, course, reckoning))


def feedback_markdown(report: GradeReport, course: Course, reckoning: Reckoning | None = None) -> str:
    """The same as Markdown (CommonMark, with GitHub's tables). What comes from a hand-in cannot become markup."""
    return environment().get_template("feedback.md").render(_told(report, course, reckoning))


def _told(report: GradeReport, course: Course, reckoning: Reckoning | None) -> dict[str, Any]:
    """What the templates get. The report itself is not in it: it holds what no student may see."""
    allowed = course.config.feedback
    return {
        "course": course.config.course,
        "title": course.assignment(report.assignment).title,
        "student": clean(report.student),
        "file": clean(report.submission),
        "problem": clean(report.problem),
        "earned": points(report.earned),
        "possible": points(report.possible),
        "deferred": points(report.deferred) if report.deferred else "",
        "tier": report.tier,
        "adjusted": f"{reckoning.adjustment:+.4g}".replace("-", "−") if reckoning and reckoning.adjustment else "",
        "late": points(-reckoning.late) if reckoning and reckoning.late else "",
        "counts": points(reckoning.final) if reckoning else "",
        "parts": [_part(n, q, allowed) for n, q in enumerate(report.questions, 1)],
        "cells": [(c.cell, clean(c.error), clean(c.traceback).strip("\n")) for c in report.cells] if allowed.tracebacks != "never" else [],
    }


def _part(number: int, question: QuestionResult, allowed: Feedback) -> Part:
    told = [t for t in question.tests if (allowed.visible_tests if t.visible else allowed.hidden_tests) != "never"]
    return Part(
        number=number,
        name=question.name,
        title=clean(question.title),
        earned=points(question.earned),
        points=points(question.points),
        share=question.earned / question.points,
        deferred=points(question.deferred) if question.deferred else "",
        deferred_share=question.deferred / question.points,
        state=state(question),
        failures=[_failure(group, allowed) for group in alike(told)],
        passing=[clean(t.title) for t in told if t.outcome == "passed"],
        waiting=[clean(t.title) for t in told if t.outcome == "deferred"],
        tested=bool(question.tests),
        untold=len(question.tests) - len(told),
    )


def _failure(tests: list[TestResult], allowed: Feedback) -> Failure:
    test = tests[0]
    hint = clean(test.hint) if allowed.hints != "never" else ""
    said = OUTCOMES[test.outcome].capitalize()
    if test.outcome != "failed" and hint:  # how the code ended, not an idea that is missing
        said, hint = f"{said}. {hint}", ""
    traceback = clean(test.traceback).strip("\n") if allowed.tracebacks != "never" else ""
    return Failure([clean(t.title) for t in tests], said, hint, traceback)

