"""A run over a class: graded with a progress bar, every result written the moment it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from gradetape.config import Course
from gradetape.grade_report import GradeReport
from gradetape.report import write_csv, write_feedback, write_json
from gradetape.report.words import clean, points

from .hand_ins import HandIn
from .local import grade_all


class ClassRun:
    """What a run has graded so far."""

    def __init__(self, course: Course, out: Path | None = None):
        self.reports: list[GradeReport] = []
        self._course, self._out = course, out

    def keep(self, report: GradeReport) -> None:
        """Take a report in: its JSON and its feedback page are written at once."""
        self.reports.append(report)
        if self._out:
            write_json(report, self._out / "reports")
            write_feedback(report, self._course, self._out / "feedback")

    def grade(self, name: str, hand_ins: Sequence[HandIn], console: Console, **how) -> None:
        """Grade with progress on `console`; `how` goes to `grade_all`, which says what is raised.

        However it ends, `grades.csv` holds what was graded until then.
        """

        def on_report(report: GradeReport) -> None:
            self.keep(report)
            step(report)

        try:
            with _progress(console, len(hand_ins)) as step:
                grade_all(self._course, name, hand_ins, on_report=on_report, **how)
        finally:
            if self._out and self.reports:
                write_csv(self.reports, self._out / "grades.csv")


class _Step(Protocol):
    def __call__(self, report: GradeReport) -> None: ...


@contextmanager
def _progress(console: Console, total: int) -> Iterator[_Step]:
    """A bar with time left on a terminal; elsewhere, a line for each hand-in."""
    if not console.is_terminal:
        count = iter(range(1, total + 1))
        yield lambda report: console.print(f"[{next(count)}/{total}] {_said(report)}", markup=False, highlight=False, soft_wrap=True)
        return
    columns = (
        TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("left"), TimeRemainingColumn(), TextColumn("[dim]{task.fields[last]}", markup=True),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, last="importing TensorFlow")
        yield lambda report: bar.update(task, advance=1, last=_said(report))


def _said(report: GradeReport) -> str:
    return f"{clean(report.student)}  {points(report.earned)} / {points(report.possible)}"
