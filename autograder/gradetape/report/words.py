"""How a grade is put into words, the same on the terminal, in the CSV and on the feedback page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from gradetape.grade_report import GradeReport, QuestionResult, TestResult

OUTCOMES = {
    "passed": "passed",
    "failed": "wrong answer",
    "error": "raised an error",
    "missing": "not written yet",
    "timeout": "ran out of time",
    "crash": "ended the process",
    "deferred": "waits for the GPU tier",
}

OTHER_TIER = {"cpu": "GPU", "gpu": "ordinary"}
"""the tier that the deferred points of a grade of this tier wait for"""

# Terminal escape sequences as a whole: a colour or cursor command (CSI), a title or link (OSC), any other.
_ESCAPES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)|\x1b.?", re.DOTALL)
_KEPT = {"\n", "\t", "\u200c", "\u200d"}  # joiners belong to Persian, Indic scripts and emoji


def clean(text: str) -> str:
    """The text without what could move a terminal's cursor, reorder a line or break an encoder.

    Takes out escape sequences, control and formatting characters (new lines and tabs stay) and lone
    surrogates, which stand for bytes that are no text.
    """
    text = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    return "".join(c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "" for c in text)


def points(value: float) -> str:
    """Points with as many decimals as they need, two at most."""
    return f"{round(value, 2):g}"


def by_name(report: GradeReport) -> tuple[str, str]:
    """The key that sorts a class: names without regard to case and accents."""
    plain = unicodedata.normalize("NFKD", report.student).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)), report.submission


def loss(question: QuestionResult) -> str:
    """What went wrong in a question: `fails “…” and 2 more tests`, `not written yet`; empty if nothing did."""
    if not question.tests:
        return "has no tests in the suite"
    ran = [t for t in question.tests if t.outcome != "deferred"]
    bad = [t for t in ran if t.outcome != "passed"]
    if not bad:
        return ""
    outcomes = {t.outcome for t in bad}
    if len(outcomes) == 1 and bad == ran and outcomes != {"failed"}:
        return OUTCOMES[outcomes.pop()]
    more = len(bad) - 1
    return f"fails “{clean(bad[0].title)}”" + (f" and {more} more {'test' if more == 1 else 'tests'}" if more else "")


def state(question: QuestionResult) -> str:
    """How a question went: full, part, none, missing (not written yet), waiting (for the GPU) or unread (no test ran)."""
    outcomes = {t.outcome for t in question.tests}
    if not outcomes:
        return "unread"
    if outcomes == {"deferred"}:
        return "waiting"
    if question.full:
        return "full"
    if outcomes <= {"missing", "deferred"}:
        return "missing"
    return "part" if question.earned else "none"


def alike(tests: Iterable[TestResult]) -> list[list[TestResult]]:
    """Failing tests, those together that failed in the same way: one crash fails a whole question."""
    groups: dict[tuple, list[TestResult]] = {}
    for test in tests:
        if test.outcome not in ("passed", "deferred"):
            groups.setdefault((test.outcome, test.hint, test.detail, test.traceback), []).append(test)
    return list(groups.values())


def remark(report: GradeReport) -> str:
    """One line on the whole grade: why it could not be given, or where points were lost."""
    if report.problem:
        return clean(report.problem)
    losses = [f"{q.name} {text}" for q in report.questions if (text := loss(q))]
    if not losses:
        return "full so far" if report.deferred else "full"
    if len(losses) == len(report.questions) > 1 and all(text.endswith(OUTCOMES["missing"]) for text in losses):
        losses = ["nothing written yet"]
    raised = [f"cell {p.cell} raised {clean(p.error).split(':')[0]}" for p in report.cells[:1]]
    return "; ".join(losses + raised)
