"""One notebook's answers under examination: its cells in a worker, and probes put to them."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gradetape.config import Limits
from gradetape.grade_report import CellProblem
from gradetape.sandbox.client import StudentCrash, StudentError, StudentTimeout, Worker
from gradetape.submission import PlannedCell

# Once an answer has looped, the rest of the probes get this part of their time; once it has again, those of its own question.
_AFTER_A_TIMEOUT = 1 / 4
_AFTER_ANOTHER = 1 / 16


class UnknownProbe(Exception):
    """A hidden test asks something that probes.py does not define."""


@dataclass
class Candidate:
    """A notebook's cells, ready to be probed: a submission's, or the reference solution's.

    A worker is started when first asked, and again after one has died. A cell that ends or outlasts its
    worker is left out from then on: it costs what it defines and nothing more.
    """

    door: str
    cells: Sequence[PlannedCell]
    modules: dict[str, str]
    """name → text of what is loaded before the cells: doubles, then probes"""
    limits: Limits
    data: Path | None = None
    """the folder of data files that a student gets"""
    problems: list[CellProblem] = field(default_factory=list)
    held: dict = field(default_factory=dict)
    """which locks held, as the worker's locking returned it"""
    memory_mb: float = 0.0
    output: str = ""
    _worker: Worker | None = None
    _left_out: set[int] = field(default_factory=set)
    _seconds_before: float = 0.0
    _timeouts: Counter = field(default_factory=Counter)
    """question → how many of its probes have looped"""
    _test: str = ""
    _calls: Counter = field(default_factory=Counter)

    @property
    def seconds(self) -> float:
        """CPU seconds of all workers so far."""
        return self._seconds_before + (self._worker.seconds if self._worker else 0.0)

    def begin(self, test: str) -> None:
        """The probes that follow are this test's: their seeds come from its name."""
        self._test = test
        self._calls.clear()

    def seed(self, probe: str) -> int:
        """The seed of a test's next call of a probe: the same whenever, and for whomever, the test is run."""
        self._calls[probe] += 1
        return zlib.crc32(f"{self._test}/{probe}/{self._calls[probe]}".encode()) & 0x7FFFFFFF

    def call(self, probe: str, args: tuple, kwargs: dict, seed: int):
        """What a probe measured; raises StudentError and its kinds, and UnknownProbe."""
        if probe not in _names(self.modules["probes"]):  # said by the worker, it could not be told from a student's mistake
            raise UnknownProbe(f"the probes have no {probe!r}")
        self._start()
        try:
            return self._worker.call(probe, args, kwargs, seed, self._allowance())
        except StudentError as error:
            self._note_end(error)
            raise

    def _start(self) -> None:
        while self._worker is None:
            self._allowance()
            self._worker = Worker(self.door, self.limits, self.data)
            self.held = self._worker.held
            for name, source in self.modules.items():
                self._worker.install(name, source)
            self._run_cells()

    def _run_cells(self) -> None:
        noted = {problem.cell for problem in self.problems}
        for position, cell in enumerate(self.cells):
            if position in self._left_out:
                continue
            try:
                self._worker.run_cell(cell.source, _filename(cell), self._allowance())
            except StudentError as error:
                if cell.number not in noted:
                    text = error.traceback or str(error)
                    self.problems.append(CellProblem(cell=cell.number, error=str(error).splitlines()[0][:500], traceback=text))
                    noted.add(cell.number)
                self._note_end(error)
                if self._worker is None:
                    self._left_out.add(position)
                    return

    def _allowance(self) -> float:
        left = self.limits.submission_seconds - self.seconds
        if left <= 0:
            raise StudentTimeout(f"the whole submission has used its {self.limits.submission_seconds:g} s of computing")
        return min(self.limits.probe_seconds * self._patience(), left)

    def _patience(self) -> float:
        if not self._timeouts:
            return 1.0
        return _AFTER_ANOTHER if self._timeouts[self._question] > 1 else _AFTER_A_TIMEOUT

    @property
    def _question(self) -> str:
        return self._test.partition("/")[0]

    def _note_end(self, error: StudentError) -> None:
        if isinstance(error, StudentTimeout):
            self._timeouts[self._question] += 1
        if isinstance(error, (StudentTimeout, StudentCrash)):
            self.close()

    def close(self) -> None:
        """End the worker, if there is one, and keep what it used and printed."""
        if self._worker:
            self._worker.close()
            self._seconds_before += self._worker.seconds
            self.memory_mb = max(self.memory_mb, self._worker.memory_mb)
            self.output = self.output or self._worker.output
            self._worker = None


@lru_cache(maxsize=8)
def _names(source: str) -> frozenset[str]:
    """The names that a module gives to something, or uses, at its top level."""
    return frozenset(compile(source, "probes.py", "exec").co_names)


def _filename(cell: PlannedCell) -> str:
    """How a traceback names a cell."""
    return f"<cell {cell.number}>" if cell.origin == "student" else f"<released cell {cell.number}>"
