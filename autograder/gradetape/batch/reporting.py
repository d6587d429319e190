"""Reports of what could not be graded: the hand-in may not be opened, or the kit failed on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gradetape.config import Course
from gradetape.grade_report import GradeReport, QuestionResult
from gradetape.submission.read import fingerprint

from .hand_ins import HandIn
from .pool import Fault


def as_report(course: Course, name: str, tier: str, hand_in: HandIn, result: GradeReport | Fault) -> GradeReport:
    """What grading a hand-in came to, under its student's name; a fault has all questions at nothing and its reason."""
    if isinstance(result, Fault):
        problem = f"Not graded, through no fault of the hand-in: {result.said}. Grade it again."
        notes = [result.trace] if result.trace else []
        result = _unopened(course, name, tier, hand_in, problem).model_copy(update={"fault": True, "notes": notes})
    return result.model_copy(update={"student": hand_in.student})


def report_unopened(
    course: Course, name: str, tier: str, hand_ins: Sequence[HandIn], on_report: Callable[[GradeReport], None]
) -> list[HandIn]:
    """Report those that may not be opened, and return the others."""
    for hand_in in hand_ins:
        if hand_in.problem:
            on_report(_unopened(course, name, tier, hand_in, hand_in.problem))
    return [hand_in for hand_in in hand_ins if not hand_in.problem]


def _unopened(course: Course, name: str, tier: str, hand_in: HandIn, problem: str) -> GradeReport:
    """The report of a hand-in of which nothing was run."""
    questions = [
        QuestionResult(name=key, title=q.title, points=q.points, tests=[])
        for key, q in course.assignment(name).questions.items()
    ]
    return GradeReport(
        assignment=name,
        submission=hand_in.path.name,
        student=hand_in.student,
        sha256="" if hand_in.problem else fingerprint(hand_in.path),
        questions=questions,
        problem=problem,
        tier=tier,
    )
