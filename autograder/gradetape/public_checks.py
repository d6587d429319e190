"""A notebook's public checks on any answers, in a locked worker: what `grader.check` would say to a student."""

from __future__ import annotations

from collections.abc import Collection

from gradetape.config import Course
from gradetape.grading import read_notebook
from gradetape.sandbox.client import StudentError
from gradetape.submission import Submission, plan_cells, released_cells
from gradetape.suite.candidate import Candidate

# Otter is not in the worker; of its test files only this decorator is needed.
_PROBES = '''
import inspect

def failures(student, source):
    tests = []

    def test_case(**options):
        return tests.append

    source = source.replace("from otter.test_files import test_case", "")
    exec(compile(source, "<public check>", "exec"), {"test_case": test_case})
    return [said for said in (said_of(student, test) for test in tests) if said]

def said_of(student, test):
    try:
        test(**{name: getattr(student, name) for name in inspect.signature(test).parameters})
    except Exception as error:
        return f"{test.__name__}: {type(error).__name__}: {error}"
'''


class PublicChecks:
    """An assignment's public checks, run in workers of the zygote behind `door`."""

    def __init__(self, course: Course, name: str, door: str):
        self.door, self.limits, self.data = door, course.limits(name), course.data(name)
        notebook = read_notebook(course.student_notebook(name))
        self.released = released_cells(notebook)
        self.stubs = {q.stub for q in course.assignment(name).questions.values()}
        self.tests: dict[str, str] = notebook["metadata"].get("otter", {}).get("tests", {})

    def failures(self, submission: Submission, questions: Collection[str] | None = None) -> dict[str, list[str]]:
        """What fails, by question: `test_shape: AssertionError: …`; questions whose checks all pass are left out."""
        cells = plan_cells(submission, self.released, self.stubs)
        data = self.data if self.data.is_dir() else None
        candidate = Candidate(self.door, cells, {"probes": _PROBES}, self.limits, data)
        found = {}
        try:
            for question in questions or self.tests:
                candidate.begin(f"public/{question}")
                said = self._said(candidate, self.tests[question])
                if said:
                    found[question] = said
        finally:
            candidate.close()
        return found

    @staticmethod
    def _said(candidate: Candidate, source: str) -> list[str]:
        try:
            return candidate.call("failures", (source,), {}, candidate.seed("failures"))
        except StudentError as error:
            return [f"{type(error).__name__}: {error}"]
