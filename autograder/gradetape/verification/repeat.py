"""The same hand-in graded many times, in random test order and in fresh processes: always the same verdicts."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from gradetape.config import Course
from gradetape.grading import Grader
from gradetape.sandbox import lockdown
from gradetape.suite import plugin

from .cases import Case, Notebooks
from .crew import Crew
from .examination import Examination
from .findings import Finding
from .matrix import EXACT

ROUNDS = 20
_CLOSE_ROUNDS = 5
"""in so many rounds the answers nearest to a bound are graded too"""
_OWN_REFERENCE_ROUNDS = 2
"""in so many rounds the reference answers anew, instead of from its notes"""
_TIGHT = 0.5
"""a right answer that takes more of a tolerance than this, or a wrong one less than its inverse, is worth a look"""

Verdicts = dict[str, str]
"""`case: question/test` → outcome"""


def check(exam: Examination, crew: Crew, on_round: Callable[[], None]) -> Finding:
    """Grade the solution ROUNDS times, and the answers nearest to a bound a few times, and compare the verdicts."""
    close = _nearest(exam)
    key = exam.keys.whole_suite + "/repeat"
    kept = exam.store.get(key)
    if kept is None:
        kept = {"rounds": _play(exam, crew, close, on_round)}
        exam.store.put(key, kept)
    seen: dict[str, Counter] = {}
    for verdicts in kept["rounds"]:
        for test, outcome in verdicts.items():
            seen.setdefault(test, Counter())[outcome] += 1
    problems = [
        f"{test} is now {' and now '.join(f'{o} ({n} times)' for o, n in outcomes.items())}: what does it draw that its seed does not fix?"
        for test, outcomes in seen.items()
        if len(outcomes) > 1
    ]
    said = f"{len(kept['rounds'])} gradings in random order and fresh processes agree" if not problems else f"{len(problems)} verdicts change"
    return Finding("Repeatable", f"{said}; {_margins(exam)}", problems, _near(exam))


def _play(exam: Examination, crew: Crew, close: list[Case], on_round: Callable[[], None]) -> list[Verdicts]:
    context = multiprocessing.get_context("spawn")
    rounds = []
    with ProcessPoolExecutor(crew.workers, context, lockdown.die_with_parent, (os.getpid(),), max_tasks_per_child=1) as pool:
        running = [pool.submit(_round, exam.course, exam.name, crew.zygote.path, number, close) for number in range(ROUNDS)]
        for future in as_completed(running):
            rounds.append(future.result())
            on_round()
    return rounds


def _round(course: Course, name: str, door: str, number: int, close: list[Case]) -> Verdicts:
    """One process's gradings: the solution's whole suite, then some answers on their own questions."""
    notebooks = Notebooks(course, name)
    with tempfile.TemporaryDirectory(prefix="gradetape-repeat-") as folder:
        if number < _OWN_REFERENCE_ROUNDS:
            course = _OwnCache(course.root, course.config, Path(folder))
        grader = _Shuffled(course, name, door)
        grader.order = number
        cases = [Case("solution", "solution", "The solution"), *(close if number < _CLOSE_ROUNDS else [])]
        return {
            f"{case.id}: {question.name}/{test.name}": test.outcome
            for case in cases
            for question in grader.grade(notebooks.submission([case]), [case.question] if case.question else None).questions
            for test in question.tests
        }


class _OwnCache(Course):
    """A course that has not noted any of the reference's answers."""

    def __init__(self, root: Path, config, folder: Path):
        super().__init__(root, config)
        self._folder = folder

    def cache(self) -> Path:
        return self._folder


class _Shuffled(Grader):
    """A grader whose tests run in an order of their own."""

    order = 0

    def new_run(self, submission, questions=None) -> plugin.SuiteRun:
        return replace(super().new_run(submission, questions), order=self.order)


def _nearest(exam: Examination) -> list[Case]:
    """Of each question the right answer that comes nearest to a bound, and the wrong one that is nearest to passing."""
    nearest = []
    for question in exam.questions:
        right = [c for c in exam.of_kind("right") if c.question == question]
        wrong = [c for c in exam.of_kind("wrong") if c.question == question]
        nearest += sorted(right, key=lambda c: -_margin(exam, c)[0])[:1] + sorted(wrong, key=lambda c: _margin(exam, c)[0])[:1]
    return nearest


def _margin(exam: Examination, case: Case) -> tuple[float, str]:
    """How much of a tolerance a case takes at most, and where.

    For a right answer that is how near it comes to failing; for a wrong one, by how much it fails. What ends in an
    exception is as far off as can be.
    """
    questions = [case.question] if case.question else exam.questions
    tests = [test for question in questions for test in exam.result(case, question).tests]
    # Exactly on a bound lies what cannot lie beyond it, such as a count or a share: that is no near miss.
    checks = [(check.ratio, check.where) for test in tests for check in test.checks if (check.ratio < EXACT and check.ratio != 1) or not check.passed]
    if any(test.outcome in ("error", "timeout", "crash", "missing") for test in tests):
        return EXACT, ""
    return max(checks, default=(0.0, ""))


def _margins(exam: Examination) -> str:
    passes = max((_margin(exam, case)[0] for case in exam.cases if case.is_right), default=0)
    fails = min((_margin(exam, case)[0] for case in exam.of_kind("wrong")), default=EXACT)
    wrong = "wrong ones are not even near" if fails == EXACT else f"wrong ones at least {fails:.3g} times as much as it allows"
    return f"right answers take up to {passes:.2g} of a tolerance, {wrong}"


def _near(exam: Examination) -> list[str]:
    """Right answers that come near to failing, and wrong ones that only just fail."""
    near = [(case, *_margin(exam, case)) for case in exam.cases if case.is_right or case.kind == "wrong"]
    return [
        f"{case.id} takes {ratio:.2g} of the tolerance at {where}"
        for case, ratio, where in near
        if (_TIGHT < ratio <= 1 if case.is_right else 1 < ratio < 1 / _TIGHT)
    ]
