"""Grading many hand-ins on this machine: one zygote, a pool of trusted graders."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from gradetape.config import Course
from gradetape.grade_report import GradeReport, QuestionResult
from gradetape.sandbox.client import Zygote
from gradetape.submission.read import fingerprint

from . import pool
from .hand_ins import HandIn


def grade_all(
    course: Course,
    name: str,
    hand_ins: Sequence[HandIn],
    *,
    on_report: Callable[[GradeReport], None],
    workers: int | None = None,
    tier: str = "cpu",
    unlocked: bool = False,
) -> None:
    """Grade every hand-in, `workers` at a time (default: one a core), and report each as it is done.

    A report whose `fault` is set says why the kit, and not the hand-in, is to blame. Raises LocksMissing where this
    machine cannot lock student code in, unless `unlocked`; BrokenGrader where nothing can be graded.
    """

    def report(hand_in: HandIn, result: GradeReport | pool.Fault) -> None:
        if isinstance(result, pool.Fault):
            problem = f"Not graded, through no fault of the hand-in: {result.said}. Grade it again."
            notes = [result.trace] if result.trace else []
            result = _ungraded(course, name, hand_in, problem, tier).model_copy(update={"fault": True, "notes": notes})
        on_report(result.model_copy(update={"student": hand_in.student}))

    for hand_in in hand_ins:
        if hand_in.problem:
            on_report(_ungraded(course, name, hand_in, hand_in.problem, tier))
    sound = [hand_in for hand_in in hand_ins if not hand_in.problem]
    with Zygote(unlocked) as zygote:
        pool.run(partial(_grader, course, name, zygote.path, tier), sound, workers or cores(), report)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _grader(*arguments) -> pool.Grader:
    from gradetape.grading import Grader  # here, in the pool's process: this one need not wait for pytest

    return Grader(*arguments)


def _ungraded(course: Course, name: str, hand_in: HandIn, problem: str, tier: str) -> GradeReport:
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
