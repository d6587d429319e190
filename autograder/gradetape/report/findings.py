"""What `gradetape doctor` found, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from gradetape.doctor import Finding

_MARKS = {"good": ("✓", "green"), "note": ("·", "yellow"), "bad": ("✗", "bold red")}


def print_findings(findings: Iterable[Finding], console: Console) -> None:
    """Print one line a finding, with the remedy below it where there is one, and a verdict."""
    findings = list(findings)
    grid = Table.grid(padding=(0, 1))
    for column in ({}, {"no_wrap": True}, {"overflow": "fold"}):
        grid.add_column(**column)
    for finding in findings:
        mark, style = _MARKS[finding.state]
        said = Text(finding.said)
        if finding.remedy:
            said.append(f"\n→ {finding.remedy}", style="dim")
        grid.add_row(Text(mark, style=style), Text(finding.name), said)
    console.print(grid)
    bad = sum(finding.state == "bad" for finding in findings)
    verdict = Text("This machine can grade.", style="green") if not bad else Text(f"This machine cannot grade safely: {bad} {'thing is' if bad == 1 else 'things are'} missing.", style="bold red")
    console.print(verdict)
