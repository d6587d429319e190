"""Reports made by hand, for whatever is written about a class."""

from __future__ import annotations

from gradetape.grade_report import GradeReport, QuestionResult, TestResult


def test(name: str, outcome: str = "passed", **more) -> TestResult:
    return TestResult(name=f"test_{name}", title=more.pop("title", f"It does {name}"), outcome=outcome, **more)


test.__test__ = False


def question(*tests: TestResult, name: str = "kl", points: float = 10, title: str = "The divergence") -> QuestionResult:
    return QuestionResult(name=name, title=title, points=points, tests=list(tests))


def report(student: str, *questions: QuestionResult, **more) -> GradeReport:
    return GradeReport(**{"assignment": "vae", "submission": f"{student}.ipynb", "student": student, "questions": list(questions)} | more)


def class_by_marks(*marks: str) -> list[GradeReport]:
    """One student for each string of marks; its places are tests of a question each: + passed, - failed, . deferred, e error, ! crash."""
    outcomes = {"+": "passed", "-": "failed", ".": "deferred", "e": "error", "!": "crash", "?": "missing"}
    return [
        report(f"s{n}", *(question(test(str(place), outcomes[mark], gpu=mark == "."), name=f"q{place}") for place, mark in enumerate(line)))
        for n, line in enumerate(marks)
    ]
