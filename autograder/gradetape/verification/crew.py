"""The processes that grade the cases: a zygote, and as many trusted graders as there are cores."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache

from gradetape.batch.local import cores
from gradetape.config import Course
from gradetape.grade_report import GradeReport
from gradetape.grading import Grader
from gradetape.sandbox import lockdown
from gradetape.sandbox.client import Zygote

from .cases import Case, Notebooks

_PATIENT_WALL = 60
"""wall clock for each of a mutant's few CPU seconds: a busy machine must not pass for a test that noticed something"""


@dataclass(frozen=True)
class Job:
    """One grading: a case, or several at once, and the questions whose tests run on it."""

    assignment: str
    cases: tuple[Case, ...]
    questions: tuple[str, ...]
    tier: str = "cpu"
    probe_seconds: float | None = None
    """replaces the configuration's, so that a mutant without end is soon given up"""
    expected_seconds: float = 1.0


class Crew:
    """Grades jobs side by side. A context manager: it holds processes."""

    def __init__(self, course: Course, workers: int | None = None):
        self.course, self.workers = course, workers or cores()
        # The answers here are the course's own: a machine without locks may examine them, and says so under secrets.
        self.zygote = Zygote(unlocked=True)
        self._pool = ProcessPoolExecutor(
            self.workers,
            # spawn: a fork would copy the locks that other threads hold, the progress bar's among them.
            multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(course, self.zygote.path, os.getpid()),
        )

    def grade(self, jobs: Iterable[Job], on_done: Callable[[Job, GradeReport], None]) -> None:
        """Grade all jobs, those that take longest first, and report each when it is done."""
        ordered = sorted(jobs, key=lambda job: -job.expected_seconds)
        running = {self._pool.submit(_grade, job): job for job in ordered}
        try:
            for future in as_completed(running):
                on_done(running[future], future.result())
        except BaseException:
            self._pool.shutdown(wait=False, cancel_futures=True)
            raise

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        self.zygote.close()

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_) -> None:
        self.close()


_course: Course
_door: str


def _begin(course: Course, door: str, parent: int) -> None:
    global _course, _door
    lockdown.die_with_parent(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    _course, _door = course, door


def _grade(job: Job) -> GradeReport:
    grader = _grader(job.assignment, job.tier, job.probe_seconds)
    return grader.grade(_notebooks(job.assignment).submission(job.cases), questions=job.questions)


@cache
def _notebooks(name: str) -> Notebooks:
    return Notebooks(_course, name)


@cache
def _grader(name: str, tier: str, probe_seconds: float | None) -> Grader:
    limits = {"probe_seconds": probe_seconds, "wall_factor": _PATIENT_WALL} if probe_seconds else {}
    course = _with_limits(_course, name, limits)
    return Grader(course, name, _door, tier=tier, soft=True)


def _with_limits(course: Course, name: str, limits: dict[str, float]) -> Course:
    """The same course, with other limits for one assignment."""
    narrowed = course.assignment(name).model_copy(update={"limits": course.limits(name).model_copy(update=limits)})
    assignments = course.config.assignments | {name: narrowed}
    return Course(course.root, course.config.model_copy(update={"assignments": assignments}))
