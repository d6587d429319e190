"""The examination as a page: the checks, and for each question which test catches which answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from gradetape.report.pages import prose

from .examination import Examination
from .findings import Finding, Score, score, why_spare
from .matrix import EXACT, Evidence, Matrix, Row

_KINDS = {"failed": "failed", "error": "raised", "missing": "missing", "timeout": "timed out", "crash": "crashed"}


@dataclass(frozen=True)
class Column:
    """One test."""

    name: str
    title: str
    kills: int
    alone: int
    """how many no other test catches"""


@dataclass(frozen=True)
class Cell:
    """What one test said of one case."""

    state: str
    """passed · failed · raised · deferred"""
    said: str
    alone: bool
    named: bool
    """whether a wrong answer's file says that this test must fail"""


@dataclass(frozen=True)
class Line:
    """One case."""

    label: str
    change: list[tuple[str, str]]
    """a mutant's changed lines: sign and text"""
    cells: list[Cell]
    fate: str
    """caught · equivalent · known · survives"""
    why: str


@dataclass(frozen=True)
class Part:
    """One question."""

    name: str
    title: str
    score: Score
    columns: list[Column]
    wrong: list[Line]
    mutants: list[Line]
    assertions: list[Evidence]
    spare: dict[str, str]
    """where → why the examination would not miss the assertion there"""
    rests_on: str | None


def write_page(path: Path, exams: Sequence[tuple[Examination, list[Finding]]]) -> None:
    """Write one HTML file that needs nothing else."""
    environment = Environment(
        loader=PackageLoader("gradetape.verification"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"ratio": _ratio, "prose": prose}
    sections = [(exam, findings, score(exam), [_part(exam, q) for q in exam.questions]) for exam, findings in exams]
    page = environment.get_template("page.html").render(course=exams[0][0].course.config.course, sections=sections)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _part(exam: Examination, question: str) -> Part:
    matrix = exam.matrices[question]
    titles = {t.name: t.title for t in exam.result(exam.solution, question).tests}
    columns = [Column(t, titles.get(t, t), len(matrix.kills(t)), len(matrix.alone(t))) for t in matrix.tests]
    lines = [(row.case.kind, _line(exam, matrix, row)) for row in matrix.rows]
    order = {"survives": 0, "known": 1, "equivalent": 2, "caught": 3}
    evidence = matrix.evidence(exam.suite.assertions(question))
    return Part(
        question,
        exam.course.assignment(exam.name).questions[question].title,
        score(exam, question),
        columns,
        [line for kind, line in lines if kind == "wrong"],
        sorted((line for kind, line in lines if kind == "mutant"), key=lambda line: order[line.fate]),
        evidence,
        {e.assertion.where: why_spare(exam, question, e) for e in evidence if not e.needed_by},
        matrix.rests_on(),
    )


def _line(exam: Examination, matrix: Matrix, row: Row) -> Line:
    mutant = row.case.mutant
    fate, why = "caught", ""
    if mutant and not row.killed:
        waiver = next((w for w in exam.waivers if w.fits(mutant)), None)
        fate = "survives" if waiver is None else "equivalent" if waiver.equivalent else "known"
        why = waiver.why if waiver else "no test notices this change"
    elif not row.killed:
        fate, why = "survives", "no test catches this answer"
    change = [(text[0], text[2:]) for text in mutant.change.splitlines()] if mutant else []
    return Line(row.case.title, change, [_cell(row, test) for test in matrix.tests], fate, why)


def _cell(row: Row, test: str) -> Cell:
    result = row.tests[test]
    state = result.outcome if result.outcome in ("passed", "failed", "deferred") else "raised"
    named = test.partition("[")[0] in row.case.fails
    return Cell(state, f"{test}: {_KINDS.get(result.outcome, result.outcome)}", row.killers == {test}, named)


def _ratio(value: float | None) -> str:
    """A share of a tolerance, for people."""
    if value is None:
        return "–"
    return "exact" if value in (0, EXACT) else f"{value:.2g}" if value < 1000 else f"{value:.0e}"
