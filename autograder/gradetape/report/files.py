"""What a run leaves on disk: the class's CSV and one JSON report a student."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from gradetape.grade_report import GradeReport

from .words import by_name, clean, points, remark

# A cell that begins so is run as a formula by spreadsheets (the wide forms in East Asian locales); a
# quote in front makes it text again.
_FORMULA = tuple("=+-@\t\r＝＋－＠")


def file_name(student: str) -> str:
    """A student's name as a file's name that every system takes; two names that differ in nothing else may meet."""
    kept = "".join("_" if c in '/\\:*?"<>|\n\t' else c for c in clean(student))
    while len(kept.encode()) > 120:
        kept = kept[:-1]
    kept = kept.strip(" .")
    return kept or "unnamed"


def write_csv(reports: Sequence[GradeReport], path: Path) -> None:
    """Write one row a student, in the order of their names: points, what is deferred, each question, a remark.

    UTF-8 with a byte order mark, which is how spreadsheets recognise it; read it with `utf-8-sig`.
    """
    questions = _questions(reports)
    rows = [["student", "submission", "points", "possible", "deferred", *questions, "remark", "sha256"]]
    for report in sorted(reports, key=by_name):
        earned = {q.name: points(q.earned) for q in report.questions}
        rows.append([
            report.student, report.submission, points(report.earned), points(report.possible),
            points(report.deferred), *(earned.get(q, "") for q in questions), remark(report), report.sha256,
        ])
    with whole_file(path, encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([harmless(cell) for cell in row] for row in rows)


SUMS = ("earned", "deferred", "possible")
"""what a report's JSON says on top of what the report holds"""


def as_dict(report: GradeReport) -> dict:
    """The report as JSON data, its sums included; infinite ratios become strings, which JSON can hold."""
    sums = {name: getattr(report, name) for name in SUMS}
    return {"student": report.student, **sums, **_finite(report.model_dump(mode="json"))}


def write_json(report: GradeReport, folder: Path) -> Path:
    """Write everything that is known of a grade, for staff: expected values are in it."""
    path = folder / f"{file_name(report.student)}.json"
    with whole_file(path, encoding="utf-8") as file:
        json.dump(as_dict(report), file, ensure_ascii=False, indent=1)
        file.write("\n")
    return path


@contextmanager
def whole_file(path: Path, **how) -> Iterator[TextIO]:
    """A file to write that takes its name only when complete: a run that is cut short leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    with open(part, "w", errors="replace", **how) as file:
        yield file
    part.replace(path)


def _questions(reports: Sequence[GradeReport]) -> list[str]:
    """Every question's name, in the order of the first report that has it."""
    return list(dict.fromkeys(q.name for report in reports for q in report.questions))


def harmless(cell: str) -> str:
    """The text as a cell that no spreadsheet runs: a quote goes before what would be a formula."""
    cell = clean(cell).replace("\n", " ")
    return f"'{cell}" if is_formula(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell."""
    return cell.lstrip(" ").startswith(_FORMULA)


def _finite(value):
    if isinstance(value, float) and value - value != 0:
        return str(value)
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, list) else value
