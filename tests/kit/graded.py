"""Grades made by hand, of the toy course, for tests that need no grading."""

from __future__ import annotations

from pathlib import Path

from gradetape.batch.hand_ins import Collected, HandIn
from gradetape.grade_report import GradeReport, QuestionResult, TestResult
from gradetape.submission.read import fingerprint

VERSIONS = {"suite": "s1", "solution": "r1", "config": "c1", "keras": "3.15.1"}


def grade(student="ana", *, double="passed", large="deferred", sha256="", tier="cpu", versions=VERSIONS, **more) -> GradeReport:
    """A grade whose question `double` has an ordinary test, and one of the gpu tier with half of its 4 points."""
    tests = [TestResult(name="test_value", title="Doubles", outcome=double), TestResult(name="test_large", title="Large", outcome=large, gpu=True)]
    square = "deferred" if tier == "gpu" else "passed"
    questions = [
        QuestionResult(name="double", title="Doubling", points=4, tests=tests),
        QuestionResult(name="square", title="Squaring", points=6, tests=[TestResult(name="test_value", title="Squares", outcome=square)]),
    ]
    return GradeReport(
        assignment="toy", submission=f"{student}.ipynb", student=student, sha256=sha256, questions=questions, tier=tier, versions=versions, **more
    )


def of_gpu(student="ana", outcome="passed", **more) -> GradeReport:
    """The gpu tier's grade of the same."""
    return grade(student, double="deferred", large=outcome, tier="gpu", **more)


def handed_in(folder: Path, *students: str, **more) -> Collected:
    """Files with a line of their own each, as hand-ins."""
    folder.mkdir(parents=True, exist_ok=True)
    for student in students:
        (folder / f"{student}.ipynb").write_text(student)
    return Collected([HandIn(folder / f"{student}.ipynb", student) for student in sorted(students)], **more)


def grade_all(course, name, hand_ins, *, on_report, tier="cpu", **_) -> None:
    """What stands in for `local.grade_all`: everybody passes what runs, except those called bad."""
    for hand_in in hand_ins:
        outcome = "failed" if "bad" in hand_in.student else "passed"
        sha256 = fingerprint(hand_in.path)
        on_report(of_gpu(hand_in.student, outcome, sha256=sha256) if tier == "gpu" else grade(hand_in.student, double=outcome, sha256=sha256))
