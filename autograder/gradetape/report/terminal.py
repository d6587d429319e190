"""Grades on the terminal: one submission in full, or a class as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from gradetape.grade_report import CellProblem, GradeReport, QuestionResult, TestResult

from .words import OTHER_TIER, OUTCOMES, alike, by_name, clean, loss, points, remark

_PRINTED_LINES = 20


def print_report(report: GradeReport, console: Console) -> None:
    """Print each question, and of each failing test its title, hint, detail and the student's own traceback."""
    console.print(_heading(report))
    if report.problem:
        console.print(Padding(_text(report.problem, "red"), (0, 0, 1, 0)))
    for note in report.notes:
        console.print(Padding(_text(f"Note: {note}", "yellow"), (0, 0, 1, 0)))
    for problem in report.cells:
        console.print(_cell(problem))
    for question in report.questions:
        if question.tests or not report.problem:
            console.print(_question(question))
    if report.output.strip():
        console.print(Padding(_block("printed", _beginning(report.output), "dim"), (1, 0, 0, 0)))
    console.print(_text(f"sandbox: {report.sandbox or 'nothing ran'}", "dim"))


def print_table(reports: Sequence[GradeReport], console: Console) -> None:
    """Print one row for each of at least one student: points by question, their sum, what is deferred, and where points were lost."""
    questions = next((r.questions for r in reports if r.questions), [])
    deferred = any(r.deferred for r in reports)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), highlight=False)
    table.add_column("Student", overflow="fold", max_width=24)
    for number, question in enumerate(questions, 1):
        table.add_column(f"Q{number}\n[dim]{points(question.points)}[/]", justify="right")
    table.add_column(f"Total\n[dim]{points(reports[0].possible)}[/]", justify="right")
    if deferred:
        table.add_column("Later", justify="right")
    table.add_column("Remark", overflow="fold", ratio=1)
    for report in sorted(reports, key=by_name):
        questioned = {q.name: q for q in report.questions}
        table.add_row(
            _text(report.student),
            *(_points_cell(questioned.get(q.name)) for q in questions),
            Text(points(report.earned), style="bold"),
            *([Text(f"+{points(report.deferred)}" if report.deferred else "", style="cyan")] if deferred else []),
            _text(remark(report), "green" if report.full else "red" if report.problem else ""),
        )
    console.print(table)
    legend = "  ".join(f"Q{n} {q.name}" for n, q in enumerate(questions, 1))
    if deferred:
        legend += f"  Later: points that wait for the {OTHER_TIER[reports[0].tier]} tier"
    console.print(_text(legend, "dim"))


def print_guide(places: Mapping[str, str], console: Console) -> None:
    """Print what to open next: each place with what it is."""
    grid = Table.grid(padding=(0, 2))
    for place, what in places.items():
        grid.add_row(Text(place, overflow="fold"), Text(what, style="dim"))
    console.print("Open next:")
    console.print(Padding(grid, (0, 0, 0, 2)))


def _heading(report: GradeReport) -> RenderableType:
    grid = Table.grid(expand=True, padding=(0, 2))
    grid.add_column(overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    score = Text.assemble((points(report.earned), "bold"), f" / {points(report.possible)}")
    if report.deferred:
        score.append(f"  (+{points(report.deferred)} wait for the {OTHER_TIER[report.tier]} tier)", "cyan")
    grid.add_row(_text(f"{report.student} · {report.assignment}", "bold"), score)
    grid.add_row(_text(report.submission, "dim"), Text(f"{report.seconds:.1f} CPU s · {report.memory_mb:.0f} MB", "dim"))
    return Padding(grid, (0, 0, 1, 0))


def _question(question: QuestionResult) -> RenderableType:
    wrong = loss(question)
    failures = [_failure(group) for group in alike(question.tests) if group[0].outcome != "missing"]
    line = Text.assemble(
        ("✗ " if wrong else "✓ ", "bold red" if wrong else "bold green"),
        (clean(question.title), "bold"),
        (f"  {question.name}", "dim"),
        f"  {points(question.earned)} / {points(question.points)}",
        (f"  {wrong}" if wrong and not failures else "", "red"),
        (f"  +{points(question.deferred)} later" if question.deferred else "", "cyan"),
    )
    return Padding(Group(line, *failures), (0, 0, 1 if failures else 0, 0))


def _failure(tests: list[TestResult]) -> RenderableType:
    """Tests that failed in the same way, and what they say."""
    said = OUTCOMES[tests[0].outcome]
    lines: list[RenderableType] = [Text.assemble(("  ✗ ", "red"), clean(t.title), (f"  {said}", "red")) for t in tests]
    test = tests[0]
    detail = "" if test.detail.casefold() == test.hint.casefold() else test.detail
    blocks = (("hint", test.hint, "yellow"), ("detail", detail, "dim"), ("trace", test.traceback, ""))
    lines += [_block(label, text, style) for label, text, style in blocks if text]
    return Group(*lines)


def _cell(problem: CellProblem) -> RenderableType:
    line = Text.assemble(("! ", "bold yellow"), f"Cell {problem.cell} raised ", (clean(problem.error), "yellow"))
    return Padding(Group(line, _block("trace", problem.traceback, "")), (0, 0, 1, 0))


def _block(label: str, text: str, style: str) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=7, justify="right", style="dim")
    grid.add_column(overflow="fold")
    grid.add_row(label, _text(text.strip("\n"), style))
    return Padding(grid, (0, 0, 0, 2))


def _beginning(output: str) -> str:
    lines = output.strip("\n").splitlines()
    more = len(lines) - _PRINTED_LINES
    return "\n".join(lines[:_PRINTED_LINES] + ([f"… and {more} lines more"] if more > 0 else []))


def _points_cell(question: QuestionResult | None) -> Text:
    if question is None:
        return Text("–", style="dim")
    whole = question.earned + question.deferred > question.points - 1e-9
    return Text(points(question.earned), style="green" if whole else "red")


def _text(text: str, style: str = "") -> Text:
    """Text from a hand-in: never read as Rich's markup, never sent to the terminal as a command."""
    return Text(clean(text), style=style)
