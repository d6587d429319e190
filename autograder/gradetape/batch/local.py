"""Grading many hand-ins on this machine: one zygote, a pool of trusted graders."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial

from gradetape.config import Course
from gradetape.grade_report import GradeReport
from gradetape.sandbox.client import Zygote

from . import pool
from .hand_ins import HandIn
from .reporting import as_report, report_unopened


def grade_all(
    course: Course,
    name: str,
    hand_ins: Sequence[HandIn],
    *,
    on_report: Callable[[GradeReport], None],
    workers: int | None = None,
    tier: str = "cpu",
    gpu: bool = False,
    unlocked: bool = False,
) -> None:
    """Grade every hand-in, `workers` at a time, and report each as it is done.

    The default is one a core; with `gpu`, which lets student code use the machine's GPU, one alone: two would share its memory.

    A report whose `fault` is set says why the kit, and not the hand-in, is to blame. Raises LocksMissing where this
    machine cannot lock student code in, unless `unlocked`; BrokenGrader where nothing can be graded.
    """

    def report(hand_in: HandIn, result: GradeReport | pool.Fault) -> None:
        on_report(as_report(course, name, tier, hand_in, result))

    sound = report_unopened(course, name, tier, hand_ins, on_report)
    with Zygote(unlocked, gpu) as zygote:
        pool.run(partial(_grader, course, name, zygote.path, tier), sound, workers or (1 if gpu else cores()), report)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _grader(*arguments) -> pool.Grader:
    from gradetape.grading import Grader  # here, in the pool's process: this one need not wait for pytest

    return Grader(*arguments)
