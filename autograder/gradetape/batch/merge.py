"""Grades given elsewhere, joined to the hand-ins of a run that have the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from gradetape.grade_report import GradeReport
from gradetape.report.files import SUMS

from .gradebook import Gradebook

class NoGrades(Exception):
    """A file holds no grade of this kit; the message names it and says what to give instead."""


@dataclass
class Merged:
    """What came of a merge."""

    added: list[str] = field(default_factory=list)
    """students who have a grade more"""
    known: int = 0
    """grades that were there already: same bytes, same tier, same suite, solution and configuration"""
    nobodys: list[str] = field(default_factory=list)
    """files whose bytes nobody in this run handed in last"""


def merge(book: Gradebook, files: Iterable[Path]) -> Merged:
    """Add the grades in JSON or YAML files to whoever handed in the same bytes.

    A file is a report of `reports/`, what `--json` printed, Gradescope's results.json, or the submission_metadata.yml of
    its export. Raises NoGrades, before anything is added, and GradebookError.
    """
    done = Merged()
    for report in [report for file in files for report in read_grades(file, book.assignment)]:
        owners = book.owners(report.sha256) if report.sha256 else []
        if not owners:
            done.nobodys.append(report.submission)
        for student in owners:
            if any(_same(kept.report, report) for kept in book.history(student)):
                done.known += 1
            else:
                book.add(student, report.model_copy(update={"student": student}))
                done.added.append(student)
    return done


def read_grades(file: Path, assignment: str) -> list[GradeReport]:
    """Every grade of an assignment in a file. Raises NoGrades if there is none, or it is of another assignment."""
    try:
        text = file.read_text(encoding="utf-8")
        tree = yaml.load(text, yaml.BaseLoader) if file.suffix in (".yml", ".yaml") else json.loads(text)
        found = [GradeReport.model_validate({key: value for key, value in one.items() if key not in SUMS}) for one in _grades(tree)]
    except (OSError, ValueError, ValidationError, yaml.YAMLError, RecursionError) as error:
        raise NoGrades(f"{file}: cannot be read as grades ({str(error).splitlines()[0]}); give JSON that gradetape wrote") from error
    if not found:
        raise NoGrades(f"{file}: holds no grades; give a file of reports/, a results.json, or an export's submission_metadata.yml")
    if others := {report.assignment for report in found} - {assignment}:
        raise NoGrades(f"{file}: holds grades of {', '.join(sorted(others))}, and this run is of {assignment}")
    return found


def _grades(tree: Any) -> Iterator[dict]:
    """Whatever in a tree of JSON looks like a grade."""
    if isinstance(tree, dict) and {"assignment", "submission", "questions"} <= tree.keys():
        yield tree
    elif isinstance(tree, dict | list):
        for inside in tree.values() if isinstance(tree, dict) else tree:
            yield from _grades(inside)


def _same(one: GradeReport, other: GradeReport) -> bool:
    keys = ("suite", "solution", "config")
    return (one.sha256, one.tier, one.fault) == (other.sha256, other.tier, other.fault) and all(one.versions.get(k) == other.versions.get(k) for k in keys)
