"""A grade as Gradescope shows it: per question, and each part of it when the course's configuration allows.

The format is Gradescope's: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent
from typing import Any

from gradetape.config import Feedback, When
from gradetape.grade_report import CellProblem, GradeReport, QuestionResult
from gradetape.report.words import OUTCOMES, clean

VISIBILITY: dict[When, str] = {"at_once": "visible", "after_publication": "after_published", "never": "hidden"}
"""in order of time; `hidden` is for staff alone"""

_MORE = {"at_once": "first results", "after_publication": "after publication", "never": "for staff"}
"""what an entry is called that comes at another time than the question's points"""

_UNTOLD = {"hint": "", "detail": "", "traceback": "", "checks": []}

Entry = dict[str, Any]


def entries(report: GradeReport, feedback: Feedback) -> list[Entry]:
    """Gradescope's `tests`. An entry with a key `question` carries that question's points, and no score yet.

    What the hidden tests expected has no place in any of them.
    """
    found: list[Entry] = []
    if report.problem:
        found.append(_entry("This hand-in could not be graded", clean(report.problem), "visible", status="failed"))
    if report.cells:
        found += _cell_problems(report.cells, feedback)
    for question in report.questions:
        found += _question(question, feedback)
    if report.notes:
        found.append(_entry("Notes for staff", clean("\n".join(report.notes)), "hidden"))
    return found


def verdicts(report: GradeReport) -> dict[str, Any]:
    """The grade as `gradetape merge` takes it: which test ended how, and nothing of what it expected, hinted or printed."""
    bare = [
        question.model_copy(update={"tests": [test.model_copy(update=_UNTOLD) for test in question.tests]})
        for question in report.questions
    ]
    return report.model_copy(update={"questions": bare, "notes": [], "cells": [], "answers": {}, "output": ""}).model_dump(mode="json", exclude_defaults=True)


def summary(report: GradeReport) -> str:
    """The text above all questions: nothing that tells how the hidden tests went."""
    lines = [f"Where your code ran: {report.sandbox}."] if report.sandbox else []
    if report.deferred:
        lines.append(f"{report.deferred:g} of the {report.possible:g} points wait for tests on a GPU; they are added later.")
    return "\n".join(lines)


def _entry(name: str, output: str, visibility: str, **more: Any) -> Entry:
    return {"name": name, "output": output, "output_format": "text", "visibility": visibility, **more}


def _cell_problems(cells: list[CellProblem], feedback: Feedback) -> Iterator[Entry]:
    text = "\n\n".join(f"Cell {c.cell}: {c.error}\n{indent(c.traceback.strip(), '    ')}".rstrip() for c in cells)
    heading = "These cells raised an error while your notebook ran from top to bottom; the others ran all the same.\n\n"
    yield _entry("Cells that raised an error", clean(heading + text), VISIBILITY[feedback.tracebacks], status="failed")


def _question(question: QuestionResult, feedback: Feedback) -> Iterator[Entry]:
    """The question's points, at the time for hidden tests; before and after it, what else is due then."""
    due: set[When] = set()
    for when, visibility in VISIBILITY.items():
        due.add(when)
        if when == feedback.hidden_tests:
            text = "\n".join(_lines(question, feedback, due)) or "Not graded."
            status = "passed" if question.tests and question.full else "failed"
            yield _entry(question.title, text, visibility, status=status, question=question.name)
        elif lines := list(_lines(question, feedback, {when})):
            yield _entry(f"{question.title}: {_MORE[when]}", "\n".join(lines), visibility)


def _lines(question: QuestionResult, feedback: Feedback, due: set[When]) -> Iterator[str]:
    """What may be said of a question's tests at the times in `due`."""
    shown = set()
    for test in question.tests:
        if (feedback.visible_tests if test.visible else feedback.hidden_tests) in due:
            mark = {"passed": "✓", "deferred": "…"}.get(test.outcome, "✗")
            said = "" if test.outcome == "passed" else f" ({OUTCOMES[test.outcome]})"
            yield clean(f"{mark} {test.title}{said}")
        if test.hint and test.outcome not in ("passed", "deferred") and feedback.hints in due:
            yield indent(clean(f"Hint: {test.hint}"), "    ")
        written = test.outcome != "missing"  # a stub raises by itself, and its outcome says so
        if test.traceback and written and feedback.tracebacks in due and test.traceback not in shown:
            shown.add(test.traceback)
            yield indent(clean(f"Your code raised:\n{test.traceback.strip()}"), "    ")
