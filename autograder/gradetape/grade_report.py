"""What grading says of one submission: plain, typed, and kept as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Outcome = Literal["passed", "failed", "error", "missing", "timeout", "crash", "deferred"]
"""passed · failed: a wrong answer · error: the student's code raised · missing: not written yet ·
timeout · crash: the worker died · deferred: waits for the gpu tier"""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", ser_json_inf_nan="strings")  # a ratio may be infinite


class Check(_Model):
    """One assertion that a test made. `ratio` is error over tolerance: at most 1 passes."""

    where: str
    """file and line of the assertion: `test_kl_divergence.py:31`"""
    ratio: float
    passed: bool


class TestResult(_Model):
    """One hidden test's verdict."""

    __test__ = False  # not a test class, whatever pytest makes of its name

    name: str
    title: str
    outcome: Outcome
    weight: float = 1
    visible: bool = False
    """whether the student sees the result at once"""
    gpu: bool = False
    hint: str = ""
    """for the student: the idea that is missing, never the answer"""
    detail: str = ""
    """for staff: expected and got, with the first differing index"""
    traceback: str = ""
    """the student's own, frames of their cells only"""
    seconds: float = 0
    """the worker's CPU seconds"""
    checks: list[Check] = []


class QuestionResult(_Model):
    """One question's tests and points."""

    name: str
    title: str
    points: float
    tests: list[TestResult]

    def _share(self, *outcomes: str) -> float:
        total = sum(t.weight for t in self.tests)
        return self.points * sum(t.weight for t in self.tests if t.outcome in outcomes) / total if total else 0.0

    @property
    def earned(self) -> float:
        return self._share("passed")

    @property
    def deferred(self) -> float:
        """Points that wait for the gpu tier."""
        return self._share("deferred")

    @property
    def full(self) -> bool:
        return all(t.outcome in ("passed", "deferred") for t in self.tests)


class CellProblem(_Model):
    """A cell of the submission that raised while the notebook ran."""

    cell: int
    """its place among the submission's cells, from 1"""
    error: str
    traceback: str


class GradeReport(_Model):
    """The whole grade of one submission."""

    assignment: str
    submission: str
    """the file's name as it was handed in"""
    student: str
    sha256: str = ""
    """of the hand-in's bytes"""
    questions: list[QuestionResult]
    problem: str = ""
    """why the hand-in could not be graded, or what went wrong on the way; empty if all went well"""
    fault: bool = False
    """whether the problem is the kit's and not the hand-in's: it is to be graded again"""
    notes: list[str] = []
    """what was mended or is odd about the hand-in, for staff"""
    cells: list[CellProblem] = []
    answers: dict[str, str] = {}
    """question → the answer as it was handed in, for staff: a report looks for near-duplicates when the files may be gone"""
    output: str = ""
    """the first of what the student's code printed"""
    sandbox: str = ""
    """which locks held while it ran"""
    tier: Literal["cpu", "gpu"] = "cpu"
    seconds: float = 0
    """the worker's CPU seconds in all"""
    memory_mb: float = 0
    """the worker's largest memory of its own"""
    versions: dict[str, str] = {}
    """what it was graded with: hashes of suite, solution and config, package versions"""

    @property
    def possible(self) -> float:
        return sum(q.points for q in self.questions)

    @property
    def earned(self) -> float:
        return sum(q.earned for q in self.questions)

    @property
    def deferred(self) -> float:
        return sum(q.deferred for q in self.questions)

    @property
    def full(self) -> bool:
        return not self.problem and all(q.full for q in self.questions)
