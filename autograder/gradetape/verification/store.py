"""What was examined before, on disk, so that only what changed is examined again."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path

from pydantic import BaseModel

import gradetape
from gradetape.config import Course
from gradetape.grade_report import GradeReport, QuestionResult

from .cases import Case, Notebooks
from .suite_source import SuiteSource

# What a verdict comes from. The rest of the kit may change without making an old verdict doubtful.
_JUDGES = ("sandbox", "suite", "submission", "grading.py", "grade_report.py")
_PACKAGES = ("tensorflow", "keras", "numpy", "ipython", "pytest")


class Examined(BaseModel):
    """What one question's tests said of one case."""

    result: QuestionResult
    slips: list[str] = []
    """tests of the suite that broke, through no doing of the answer"""
    seconds: float
    """the worker's CPU seconds, cells included, of the grading that this comes from"""
    memory_mb: float

    @classmethod
    def of(cls, report: GradeReport, question: str) -> Examined:
        result = next(q for q in report.questions if q.name == question)
        clean = {t.name for t in result.tests if not any(not c.passed for c in t.checks)}
        # Beyond a failed assertion a softly run test treads where it never would: what breaks there is no slip.
        slips = [n for n in report.notes if n.startswith(tuple(f"{question}/{test}:" for test in clean))]
        return cls(result=result, slips=slips, seconds=report.seconds, memory_mb=report.memory_mb)


class Store:
    """Results kept under a hash of all that they depend on. Reading drops what this run has not asked for."""

    def __init__(self, path: Path, fresh: bool = False):
        self._path = path
        self._new: dict[str, dict] = {}
        try:
            self._old = {} if fresh else json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            self._old = {}

    def get(self, key: str) -> dict | None:
        if key not in self._new and key in self._old:
            self._new[key] = self._old[key]
        return self._new.get(key)

    def put(self, key: str, value: dict) -> None:
        self._new[key] = value

    def save(self, whole: bool) -> None:
        """Write the results; `whole`: the run came to its end, and what it did not ask for is out of date."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self._path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(self._new if whole else self._old | self._new), encoding="utf-8")
        unfinished.replace(self._path)


class Keys:
    """The hashes under which an assignment's results are kept."""

    def __init__(self, course: Course, name: str, notebooks: Notebooks, suite: SuiteSource):
        self._suite = suite
        files = [course.doubles(), *sorted(f for f in course.data(name).rglob("*") if f.is_file())]
        self.assignment = digest(
            *(f"{package} {metadata.version(package)}" for package in _PACKAGES),
            kit_digest(),
            course.limits(name).model_dump_json(),
            course.assignment(name).model_dump_json(),
            *(cell["source"] for nb in (notebooks.solution, notebooks.released) for cell in nb["cells"] if _runs(cell)),
            *(file.read_bytes() for file in files if file.is_file()),
            suite.shared,
        )

    def of(self, case: Case, question: str, tier: str) -> str:
        """The key of what one question's tests say of one case."""
        return digest(self.assignment, case.kind, case.question, case.source, question, tier, self._suite.text(question))

    @property
    def whole_suite(self) -> str:
        return digest(self.assignment, *(test.read_bytes() for test in self._suite.files))


def _runs(cell: dict) -> bool:
    return cell["cell_type"] == "code" and "demo" not in cell["metadata"].get("tags", [])


def kit_digest() -> str:
    package = Path(gradetape.__file__).parent
    places = [package / part for part in _JUDGES]
    files = [f for place in places for f in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
    return digest(*(file.read_bytes() for file in files))


def digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:24]
