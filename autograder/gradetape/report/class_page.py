"""The staff report: a class on one HTML page that needs nothing else.

It holds expected values, hidden tests' titles and students' code: never for students.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING

from gradetape.config import ConfigError, Course
from gradetape.grade_report import GradeReport

from .attention import notices, unread
from .causes import causes
from .charts import STATES, histogram, stack
from .code_tokens import Released
from .files import file_name, whole_file
from .item_analysis import LEAST, QuestionItem, TestItem, analyse
from .near_duplicates import ALIKE, LEAST_TOKENS, Duplicates, near_duplicates
from .pages import environment
from .words import OUTCOMES, remark

if TYPE_CHECKING:  # the gradebook's modules use this package
    from gradetape.batch.gradebook import Gradebook, Row
    from gradetape.late import Reckoning

# As many as anyone reads: a class of a thousand has hundreds of causes that each met one student.
MOST_CAUSES, MOST_GROUPS, MOST_NAMES = 25, 20, 12
MOST_FOUND = 40


@dataclass(frozen=True)
class Line:
    """One student in the list of all."""

    student: str
    people: str
    """their names, where the key is something else"""
    page: str
    """where their feedback page is, if they have one"""
    report: GradeReport | None
    reckoning: Reckoning
    remark: str


@dataclass(frozen=True)
class Waiting:
    """The gpu tier's state."""

    tests: list[tuple[QuestionItem, TestItem]]
    hand_ins: int
    """that have points waiting"""
    most: float
    """the most points that one hand-in waits for"""
    without: int
    """graded in the gpu tier alone: their ordinary tests wait"""


def write_report(gradebook: Gradebook, course: Course, file: Path) -> None:
    """Write the page; links to students' pages assume them in `feedback/` beside it."""
    page = class_page(gradebook.rows(), course, gradebook.assignment, [p.label for p in gradebook.missing], gradebook.notes)
    with whole_file(file, encoding="utf-8") as out:
        out.write(page)


def class_page(rows: Sequence[Row], course: Course, assignment: str, missing: Sequence[str] = (), notes: Sequence[str] = ()) -> str:
    """The page's HTML. `missing` handed in nothing; `notes` were made when the hand-ins were collected.

    Statistics are over hand-ins that were examined: what could not be read counts among the points, as 0, and nowhere
    else; what the kit failed on, or has not graded yet, counts nowhere.
    """
    from gradetape.late import reckon

    policy = course.late(assignment)
    reports = [row.report for row in rows if row.report]
    graded = [report for report in reports if not report.fault]
    examined = [report for report in graded if not unread(report)]
    lines = [_line(row, reckon(row, policy)) for row in sorted(rows, key=lambda row: row.student.casefold())]
    scores = [line.reckoning.raw + line.reckoning.adjustment for line in lines if line.report and not line.report.fault]
    possible = course.assignment(assignment).points
    scores = [min(max(score, 0.0), possible) for score in scores]
    items = analyse(examined)
    found, versions = causes(examined), _versions(graded)
    return environment().get_template("class.html").render(
        course=course.config.course,
        title=course.assignment(assignment).title,
        assignment=assignment,
        lines=lines,
        reckoned=any(line.reckoning.why for line in lines),
        graded=graded,
        examined=examined,
        possible=possible,
        middle=median(scores) if scores else 0.0,
        mean=fmean(scores) if scores else 0.0,
        chart=histogram(scores, possible, median(scores)) if scores else None,
        full=sum(report.full for report in graded),
        items=items,
        stacks={item.name: stack(item.states) for item in items},
        states=[state for state in STATES if any(item.states.get(state) for item in items)],
        causes=found[:MOST_CAUSES],
        more_causes=len(found) - MOST_CAUSES,
        notices=notices(reports, [row.student for row in rows if not row.report]),
        missing=missing,
        notes=notes,
        duplicates=_duplicates(course, assignment, examined),
        waiting=_waiting(items, graded),
        versions=versions,
        mixed=[part for part, counts in versions.items() if len(counts) > 1],
        words={"states": STATES, "outcomes": OUTCOMES},
        least=LEAST, least_tokens=LEAST_TOKENS, alike=ALIKE, most_groups=MOST_GROUPS, most_names=MOST_NAMES, most_found=MOST_FOUND,
    )


def _line(row: Row, reckoning: Reckoning) -> Line:
    people = ", ".join(person.label for person in row.people)
    page = f"feedback/{file_name(row.student)}.html" if row.report else ""
    return Line(row.student, people if people != row.student else "", page, row.report, reckoning, remark(row.report) if row.report else "not graded yet")


def _duplicates(course: Course, assignment: str, reports: Sequence[GradeReport]) -> Duplicates | None:
    """None where there is no released notebook to take out of the answers: everything would look alike."""
    from gradetape.grading import read_notebook
    from gradetape.submission import released_cells

    try:
        released = read_notebook(course.student_notebook(assignment))
    except ConfigError:
        return None
    return near_duplicates(reports, Released.of(cell.source for cell in released_cells(released)))


def _waiting(items: Sequence[QuestionItem], reports: Sequence[GradeReport]) -> Waiting:
    ordinary = [report for report in reports if report.tier == "cpu"]
    return Waiting(
        tests=[(item, test) for item in items for test in item.tests if test.gpu],
        hand_ins=sum(report.deferred > 0 for report in ordinary),
        most=max((report.deferred for report in ordinary), default=0.0),
        without=len(reports) - len(ordinary),
    )


def _versions(reports: Sequence[GradeReport]) -> dict[str, list[tuple[str, int]]]:
    """What the hand-ins were graded with: part → its versions, each with the number of hand-ins, the most first."""
    counts: dict[str, Counter[str]] = {}
    for report in reports:
        for part, version in report.versions.items():
            counts.setdefault(part, Counter())[version] += 1
    return {part: count.most_common() for part, count in counts.items()}
