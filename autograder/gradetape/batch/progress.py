"""How a batch says where it is: a bar on a terminal, a line for each hand-in elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from gradetape.grade_report import GradeReport
from gradetape.report.words import clean, points


class Step(Protocol):
    def __call__(self, report: GradeReport) -> None: ...


@contextmanager
def progress(console: Console, total: int) -> Iterator[Step]:
    """What to call with each report as it comes; says at the end how fast it went."""
    started, done = time.monotonic(), 0

    def count(report: GradeReport) -> None:
        nonlocal done
        done += 1
        show(report)

    with (_bar if console.is_terminal else _lines)(console, total) as show:
        yield count
    seconds = max(time.monotonic() - started, 0.001)
    if total > 1:
        said = f"Graded {done} in {_duration(seconds)}: {_rate(done / seconds)}"
        console.print(said, markup=False, highlight=False)


@contextmanager
def _lines(console: Console, total: int) -> Iterator[Step]:
    numbers = iter(range(1, total + 1))
    yield lambda report: console.print(f"[{next(numbers)}/{total}] {_said(report)}", markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _bar(console: Console, total: int) -> Iterator[Step]:
    columns = (
        TextColumn("Grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), _RateColumn(),
        TimeRemainingColumn(), TextColumn("left"), TextColumn("{task.fields[last]}", style="dim", markup=False),
    )
    with Progress(*columns, console=console, transient=True, speed_estimate_period=120) as bar:
        task = bar.add_task("", total=total, last="importing TensorFlow")
        yield lambda report: bar.update(task, advance=1, last=_said(report))


class _RateColumn(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(_rate(task.speed) if task.speed else "", style="cyan")


def _rate(per_second: float) -> str:
    return f"{60 * per_second:.0f} a minute"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _said(report: GradeReport) -> str:
    return f"{clean(report.student)}  {points(report.earned)} / {points(report.possible)}"
