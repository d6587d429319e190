"""One submission in, one GradeReport out."""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
import sys
from collections.abc import Collection
from functools import cached_property
from importlib import metadata
from pathlib import Path

from gradetape.config import ConfigError, Course
from gradetape.grade_report import GradeReport, QuestionResult
from gradetape.sandbox import landlock, locks, lockdown
from gradetape.submission import PlannedCell, Submission, UnreadableSubmission, answers, check_assignment
from gradetape.submission import notebook_submission, plan_cells, read_submission, released_cells
from gradetape.submission.read import fingerprint
from gradetape.suite import plugin
from gradetape.suite.candidate import Candidate
from gradetape.suite.collected import CollectedSuite, SuiteBroken
from gradetape.suite.reference import Reference

_PACKAGES = ("tensorflow", "keras", "numpy", "gradetape")


class Grader:
    """Grades submissions of one assignment, one after another, in workers of the zygote behind `door`.

    `tier` says which tests run ("gpu": the heavier ones only). With `soft`, a failed assertion does not end its
    test, so that each assertion's own verdict is seen.
    """

    def __init__(self, course: Course, name: str, door: str, tier: str = "cpu", soft: bool = False):
        lockdown.hide_memory()
        self.course, self.name, self.tier, self.soft = course, name, tier, soft
        self.door = door
        self.assignment, self.limits = course.assignment(name), course.limits(name)
        self._stubs = {q.stub for q in self.assignment.questions.values()}
        self._released = released_cells(read_notebook(course.student_notebook(name)))
        self._modules = _modules(course, name)
        self._data = course.data(name) if course.data(name).is_dir() else None
        self._solution_cells = _solution_cells(course, name)
        self._suite_files = _suite_files(course, name)
        if not self._suite_files:
            raise SuiteBroken(f"{course.suite(name)}: no test_*.py")
        if not landlock.version():
            self._keep_other_users_out()
        for module in [name for name, module in sys.modules.items() if getattr(module, "__file__", None) in map(str, self._suite_files)]:
            del sys.modules[module]  # pytest would take it from there, edited since or not

    def _keep_other_users_out(self) -> None:
        """Close what is hidden to everyone else: without Landlock, a worker's own uid is all that keeps student code from it."""
        hidden = (self.course.suite(self.name), self.course.solution(self.name), self.course.answers(self.name))
        for folder in (*(path.parent for path in hidden), self.course.cache()):
            with contextlib.suppress(FileNotFoundError):
                folder.chmod(0o700)

    @cached_property
    def versions(self) -> dict[str, str]:
        """What a grade depends on: hashes of suite, solution and configuration, and package versions."""
        return graded_with(self.course, self.name)

    def grade_file(self, path: Path) -> GradeReport:
        """Grade a hand-in. Whatever is wrong with it stands in the report's `problem`; nothing of it raises."""
        try:
            submission = read_submission(path)
            check_assignment(submission, self.name)
        except UnreadableSubmission as error:
            return self._report(path.name, path.stem, problem=str(error), run=None).model_copy(update={"sha256": fingerprint(path)})
        return self.grade(submission)

    def grade(self, submission: Submission, questions: Collection[str] | None = None) -> GradeReport:
        """Grade a submission that could be read; `questions` keeps to some questions' tests."""
        run = self.new_run(submission, questions)
        try:
            self._suite.run(run)
        finally:
            run.close()
        problem = "The hidden suite failed on this hand-in; staff can see where." if run.broken else ""
        report = self._report(submission.name, submission.student, problem=problem, run=run)
        return report.model_copy(
            update={
                "sha256": submission.sha256,
                "fault": bool(run.broken),
                "notes": [*submission.notes, *run.broken],
                "answers": answers(submission, self._released, self._stubs),
            }
        )

    def new_run(self, submission: Submission, questions: Collection[str] | None = None) -> plugin.SuiteRun:
        """The suite about to examine a submission."""
        cells = plan_cells(submission, self._released, self._stubs)
        student = Candidate(self.door, cells, self._modules, self.limits, self._data)
        return plugin.SuiteRun(student, self._reference(), self.tier, self.soft, questions)

    def _reference(self) -> Reference:
        solution = Candidate(self.door, self._solution_cells, self._modules, self.limits, self._data)
        packages = "".join(self.versions[name] for name in ("tensorflow", "keras", "numpy"))
        return Reference(solution, self.course.cache() / "reference" / self.name, self.versions["solution"] + packages)

    @cached_property
    def _suite(self) -> CollectedSuite:
        return CollectedSuite(self.course.suite(self.name), self.course.root.anchor)

    def _report(self, file: str, student: str, *, problem: str, run: plugin.SuiteRun | None) -> GradeReport:
        questions = [
            QuestionResult(name=name, title=q.title, points=q.points, tests=run.results.get(name, []) if run else [])
            for name, q in self.assignment.questions.items()
        ]
        report = GradeReport(
            assignment=self.name, submission=file, student=student, questions=questions, problem=problem, tier=self.tier, versions=self.versions
        )
        if run is None:
            return report
        candidate = run.student
        return report.model_copy(
            update={
                "cells": candidate.problems,
                "output": candidate.output,
                "sandbox": locks.in_words(candidate.held),
                "seconds": round(candidate.seconds, 3),
                "memory_mb": round(candidate.memory_mb, 1),
            }
        )


def graded_with(course: Course, name: str) -> dict[str, str]:
    """What a grade given here and now depends on: hashes of suite, solution and configuration, and package versions.

    Raises ConfigError or SuiteBroken where a part is missing.
    """
    folder = course.data(name)
    data = [_hash(file.read_bytes()) for file in sorted(folder.rglob("*")) if file.is_file()] if folder.is_dir() else []
    modules = "".join(_modules(course, name).values())
    cells = _solution_cells(course, name)
    suite = "".join(file.read_text(encoding="utf-8") for file in _suite_files(course, name))
    assignment = course.assignment(name)
    return {
        "suite": _hash(suite + modules),
        "solution": _hash(modules + repr(cells) + repr(data)),
        "config": _hash(assignment.model_dump_json(exclude={"late"}) + course.limits(name).model_dump_json()),
        "python": platform.python_version(),
        **{package: metadata.version(package) for package in _PACKAGES},
    }


def _suite_files(course: Course, name: str) -> list[Path]:
    return sorted(course.suite(name).glob("test_*.py"))


def _solution_cells(course: Course, name: str) -> list[PlannedCell]:
    """What runs of the solution notebook."""
    released = released_cells(read_notebook(course.student_notebook(name)))
    solution = notebook_submission(read_notebook(course.solution(name)), f"{name}.ipynb")
    return plan_cells(solution, released, {question.stub for question in course.assignment(name).questions.values()})


def _modules(course: Course, name: str) -> dict[str, str]:
    """What a worker loads: the doubles that assignments share, if any, then the assignment's probes."""
    files = {"doubles": course.doubles(), "probes": course.suite(name) / "probes.py"}
    if not files["probes"].is_file():
        raise SuiteBroken(f"{files['probes']}: missing; it holds what the suite asks of a student's code")
    return {module: file.read_text(encoding="utf-8") for module, file in files.items() if file.is_file()}


def read_notebook(path: Path) -> dict:
    """A notebook that a release made, as JSON: nbformat's reader takes a second to import and checks it once more."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"{path}: missing; run `gradetape release {path.stem}`") from None
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
    return notebook


def _hash(content: str | bytes) -> str:
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()[:16]
