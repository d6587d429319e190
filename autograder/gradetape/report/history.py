"""A student's grades over time, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .words import clean, points, remark

if TYPE_CHECKING:
    from gradetape.batch.gradebook import Kept, Row

_WITH = ("suite", "solution", "config", "tensorflow", "keras")
_SHOWN = 8
"""characters of a hash: enough to see which differ"""


def print_history(row: Row, kept: Sequence[Kept], console: Console) -> None:
    """Print who handed in what, each grade with what it was given with, the adjustments, and what counts now."""
    people = ", ".join(person.label for person in row.people)
    heading = Text(clean(row.student), style="bold")
    heading.append(f"  {clean(people)}" if people and people != row.student else "", "dim")
    heading.append(f"  handed in {row.submitted:%Y-%m-%d %H:%M %Z}" if row.submitted else "", "dim")
    console.print(heading)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), highlight=False)
    for column in ("Graded", "Tier", "File", "Points", "With"):
        table.add_column(column, justify="right" if column == "Points" else "left")
    table.add_column("Remark", overflow="fold", ratio=1)
    for one in kept:
        report = one.report
        table.add_row(
            f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}",
            report.tier,
            Text(f"{clean(report.submission)}\n{report.sha256[:_SHOWN]}", overflow="fold"),
            f"{points(report.earned)} / {points(report.possible)}",
            Text("\n".join(f"{name} {report.versions[name][:_SHOWN]}" for name in _WITH if name in report.versions), style="dim"),
            Text(clean("\n".join(filter(None, [remark(report), report.sandbox])))),
        )
    console.print(table if kept else Text("not graded yet", style="dim"))
    for change in row.adjustments:
        said = f"{change.at.astimezone():%Y-%m-%d %H:%M:%S}  {change.points:+g} in {change.question}: {change.why}"
        console.print(Text(clean(said)), soft_wrap=True)
    if row.report:
        more = f", {points(row.report.deferred)} wait for the GPU tier" if row.report.deferred else ""
        console.print(Text(f"Counts now: {points(row.report.earned)} / {points(row.report.possible)}{more}", style="bold"))
