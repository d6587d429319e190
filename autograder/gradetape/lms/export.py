"""Final grades as files that learning management systems import, and as one CSV that shows how each came about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradetape.batch.gradebook import Gradebook, Row
from gradetape.config import Course
from gradetape.late import Reckoning, reckon

from . import spreadsheet
from .entry import some
from .people import Person
from .roster import known_of
from .times import hms

Cells = list[str | float | None]


@dataclass(frozen=True)
class Line:
    """One person's grade."""

    row: Row
    person: Person
    reckoned: Reckoning

    @property
    def name(self) -> str:
        return self.person.name or self.row.student

    @property
    def possible(self) -> float:
        return self.row.report.possible


@dataclass(frozen=True)
class _System:
    """A system's import: what its file looks like, and by what it recognises people."""

    table: Callable[[Sequence[Line], str], list[Cells]]
    by: tuple[str, ...]
    bom: bool = True


def write_export(gradebook: Gradebook, course: Course, to: str, file: Path) -> list[str]:
    """Write the final grades for `to`: canvas, gradescope, moodle, or csv for everything there is to know.

    Adjustments and the late policy are applied; each member of a group has a line. Returns what is to be told: who is
    left out and why, whom the system may not recognise, and points that still wait. Raises GradebookError and OSError.
    """
    rows, name = gradebook.rows(), gradebook.assignment
    graded = [row for row in rows if row.report and not row.report.fault]
    lines = [Line(row, person, reckon(row, course.late(name))) for row in graded for person in row.people or (Person(),)]
    notes = [f"not graded yet: {some([row.student for row in rows if row not in graded])}"] if len(graded) < len(rows) else []
    if waiting := [row.student for row in graded if row.report.deferred > 0]:
        notes.append(f"points that wait for another tier count as nothing for: {some(waiting)}")
    if to == "csv":
        spreadsheet.write(file, _everything(lines, [row for row in rows if row not in graded], gradebook.missing))
        return notes
    system = SYSTEMS[to]
    lines = _once(lines, notes)
    if unknown := [line.name for line in lines if not any(getattr(line.person, key) for key in system.by)]:
        kinds = " or ".join({"lms_id": f"number in {to.capitalize()}", "email": "email address", "sid": "ID"}[key] for key in system.by)
        notes.append(f"without {kinds}, by which {to.capitalize()} recognises people: {some(unknown)}. Grade again with --roster: nothing is graded twice")
    spreadsheet.write(file, system.table(lines, course.assignment(name).title), system.bom)
    return notes


def _once(lines: Iterable[Line], notes: list[str]) -> list[Line]:
    """A line a person: of someone who stands in several rows, that of the newest hand-in."""
    counting: dict[str, Line] = {}
    for line in lines:
        ids = known_of([line.person]) or [f"row:{line.row.student}:{line.name}"]
        old = next((counting[key] for key in ids if key in counting), None)
        if old:
            newer = max((old, line), key=lambda one: (one.row.submitted is not None, one.row.submitted and one.row.submitted.timestamp() or 0.0))
            notes.append(f"{line.name} is in two rows, {old.row.student} and {line.row.student}: {newer.row.student} counts")
            line, ids = newer, [*known_of([old.person]), *ids]
        counting |= dict.fromkeys(ids, line)
    return list({id(line): line for line in counting.values()}.values())


def _everything(lines: Iterable[Line], ungraded: Iterable[Row], missing: Iterable[Person]) -> list[Cells]:
    heading = ["student", "name", "email", "sid", "lms_id", "submitted", "late"]
    heading += ["raw", "adjustment", "late penalty", "final", "possible", "waits", "why"]
    table: list[Cells] = [[*heading]]
    for line in lines:
        report, how = line.row.report, line.reckoned
        why = "; ".join(filter(None, (report.problem, how.why)))
        table.append([*_about(line.row, line.person), how.raw, how.adjustment, how.late, how.final, report.possible, report.deferred, why])
    for row in ungraded:
        why = "not graded yet" + (f": {row.report.problem}" if row.report else "")
        table += [[*_about(row, person), *[None] * 6, why] for person in row.people or (Person(),)]
    table += [["", p.name, p.email, p.sid, p.lms_id, "", "", *[None] * 6, "nothing handed in"] for p in missing]
    return table


def _about(row: Row, person: Person) -> Cells:
    submitted = row.submitted.isoformat(sep=" ", timespec="seconds") if row.submitted else ""
    return [row.student, person.name, person.email, person.sid, person.lms_id, submitted, hms(row.late) if row.late else ""]


def _canvas(lines: Sequence[Line], title: str) -> list[Cells]:
    """Canvas' gradebook, as `lib/gradebook_importer.rb` reads it: Student, ID … Section, then the assignment.

    Canvas finds people by ID, SIS User ID, SIS Login ID, else by name.
    """
    possible = max((line.possible for line in lines), default=0.0)
    table: list[Cells] = [["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title], ["    Points Possible", "", "", "", "", possible]]
    return table + [[line.name, line.person.lms_id, line.person.sid, line.person.email, "", line.reckoned.final] for line in lines]


def _moodle(lines: Sequence[Line], title: str) -> list[Cells]:
    """Moodle's grading worksheet, as `mod/assign/feedback/offline` reads it; its general grade import takes it as well.

    The worksheet finds people by Identifier, the general import by whichever column one chooses there. There is no
    column of comments: an empty one would overwrite those made in Moodle.
    """
    heading = ["Identifier", "Full name", "ID number", "Email address", "Grade", "Maximum Grade", "Last modified (grade)"]
    return [[*heading], *(
        [f"Participant {p.lms_id}" if p.lms_id else "", line.name, p.sid, p.email, line.reckoned.final, line.possible, ""]
        for line in lines for p in [line.person]
    )]


def _gradescope(lines: Sequence[Line], title: str) -> list[Cells]:
    """The columns of Gradescope's own CSV of grades."""
    heading = ["Name", "SID", "Email", "Total Score", "Max Points", "Submission Time", "Lateness (H:M:S)"]
    return [[*heading], *(
        [line.name, line.person.sid, line.person.email, line.reckoned.final, line.possible, _about(line.row, line.person)[5], hms(line.row.late)]
        for line in lines
    )]


SYSTEMS = {
    "canvas": _System(_canvas, ("lms_id", "sid", "email")),
    "gradescope": _System(_gradescope, ("email", "sid"), bom=False),
    "moodle": _System(_moodle, ("lms_id", "email", "sid")),
}
