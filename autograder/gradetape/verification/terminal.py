"""What an examination found, on the terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from .examination import Examination
from .findings import Finding, score


def print_findings(exam: Examination, findings: list[Finding], console: Console) -> None:
    """Print a table of the checks, the scores by question, and below them what is wrong and what is worth reading."""
    title = exam.course.assignment(exam.name).title
    fresh = f"{exam.graded} gradings now, the rest kept from before" if exam.graded else "nothing has changed since the last time"
    console.print(Text.assemble("\n", (f"{title}", "bold"), (f"  {exam.name} · {len(exam.cases)} cases · {fresh}", "dim")))
    console.print(_table(findings))
    if len(findings) > 1:
        console.print(_scores(exam))
    for finding in findings:
        _print_lines(finding.name, finding.problems, "red", console)
    for finding in findings:
        _print_lines(f"{finding.name}, worth knowing", finding.notes, "dim", console)


def _table(findings: list[Finding]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=False)
    for column in ({}, {"no_wrap": True}, {"overflow": "fold"}):
        table.add_column(**column)
    for finding in findings:
        mark = Text("✓", "green") if finding.holds else Text("✗", "bold red")
        said = Text(finding.said)
        if finding.problems:
            said.append(f"\n{len(finding.problems)} to mend, below", "red")
        table.add_row(mark, Text(finding.name, "" if finding.holds else "bold"), said)
    return table


def _scores(exam: Examination) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Question")
    for name in ("tests", "right", "wrong", "mutants", "killed", "equivalent", "survive", "score"):
        table.add_column(name, justify="right")
    for question in exam.questions:
        counted = score(exam, question)
        banks = [sum(c.question == question for c in exam.of_kind(kind)) for kind in ("right", "wrong")]
        survive = counted.mutants - counted.killed - counted.equivalent
        numbers = [len(exam.suite.tests(question)), *banks, counted.mutants, counted.killed, counted.equivalent, survive]
        table.add_row(question, *map(str, numbers), f"{100 * counted.share:.1f} %")
    return table


def _print_lines(heading: str, lines: list[str], style: str, console: Console) -> None:
    if not lines:
        return
    console.print(Text(f"{heading}", f"bold {style}"))
    for line in lines:
        console.print(Padding(Text(f"· {line}", style if style == "dim" else ""), (0, 0, 0, 2)), soft_wrap=False)
    console.print()
