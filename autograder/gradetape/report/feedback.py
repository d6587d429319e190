"""The feedback page: what a student is given back, as one HTML file that needs nothing else.

A page shows what passed, what failed, hints and the student's own tracebacks, as far as `feedback:` in
`grader_config.yaml` allows. It is written to be handed out with the grades, so all that a student may
see at once or after publication is on it, and what is set to `never` is not. A test's code, what it
expected and what it measured (`TestResult.detail`) have no place in the page's data at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gradetape.config import Course, Feedback
from gradetape.grade_report import GradeReport, QuestionResult, TestResult

from .files import file_name, whole_file
from .pages import environment
from .words import OUTCOMES, alike, clean, points, state


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


def write_feedback(report: GradeReport, course: Course, folder: Path) -> Path:
    """Write `<student>.html` and return its path."""
    path = folder / f"{file_name(report.student)}.html"
    with whole_file(path, encoding="utf-8") as file:
        file.write(feedback_page(report, course))
    return path


def feedback_page(report: GradeReport, course: Course) -> str:
    """The page's HTML. Everything that comes from a hand-in is cleaned and escaped."""
    allowed = course.config.feedback
    return environment().get_template("feedback.html").render(
        course=course.config.course,
        title=course.assignment(report.assignment).title,
        report=report,
        parts=[_part(n, q, allowed) for n, q in enumerate(report.questions, 1)],
        cells=report.cells if allowed.tracebacks != "never" else [],
    )


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

