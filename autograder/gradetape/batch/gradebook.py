"""A run's gradebook: one SQLite file that keeps who handed in what, every grade ever given, and adjustments.

One process writes at a time (the run folder's lock sees to that) while any number read. Each grade is a transaction
of its own and on the disk when `add` returns. Nothing is overwritten: a hand-in that is graded again has one more grade.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from gradetape.grade_report import GradeReport
from gradetape.lms.people import Person
from gradetape.submission.read import fingerprint

from . import database
from .database import GradebookError
from .hand_ins import Collected
from .tiers import merged

__all__ = ["Adjustment", "Gradebook", "GradebookError", "Kept", "Row", "Standing"]

FILE = "gradebook.sqlite"
"""its name in a run's folder"""


@dataclass(frozen=True)
class Adjustment:
    """Points that staff add to what a student earned in a question (below zero: take off), and why."""

    question: str
    points: float
    why: str
    at: datetime


@dataclass(frozen=True)
class Row:
    """A student as the gradebook has them now."""

    student: str
    people: tuple[Person, ...]
    submitted: datetime | None
    late: timedelta
    """after the due time, as the LMS says; grace not yet taken off"""
    report: GradeReport | None
    """the newest grade of what was handed in last, both tiers in one; None while that is not graded"""
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True)
class Kept:
    """One grade, as it was given."""

    at: datetime
    report: GradeReport


@dataclass(frozen=True)
class Standing:
    """What a new run needs to know of the grade that a hand-in has."""

    failed: bool
    """the newest try gave no grade: the kit failed, or the hand-in could not be read"""
    waits: bool
    """whether tests of the gpu tier are still to run"""
    versions: dict[str, str]
    """what it was graded with"""


class Gradebook:
    """The gradebook of one run of one assignment. Every method raises GradebookError where the file fails it."""

    def __init__(self, file: Path, connection: sqlite3.Connection):
        self.file, self._connection = file, connection

    @classmethod
    def open(cls, file: Path, assignment: str | None = None) -> Gradebook:
        """Open a gradebook; with `assignment`, one of that assignment, which is made if it is not there.

        Raises GradebookError, with path, cause and next step, for another assignment's, one of another version of the
        kit, a file that is no gradebook or is damaged, and, without `assignment`, one that is not there.
        """
        book = cls(file, database.connect(file, make=assignment is not None))
        try:
            with book._writing() if assignment else book._reading() as cursor:
                if assignment and not book._fact(cursor, "assignment"):
                    book._keep_fact(cursor, "assignment", assignment)
                there = book._fact(cursor, "assignment")
            if assignment and there != assignment:
                raise GradebookError(f"{file} is the gradebook of {there}, not of {assignment}; choose another folder with --out")
        except BaseException:
            book.close()
            raise
        return book

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    @property
    def assignment(self) -> str:
        return self._told("assignment")

    @property
    def source(self) -> str:
        """Where the hand-ins came from: gradescope, canvas, moodle or folder; empty before any came."""
        return self._told("source")

    @property
    def notes(self) -> list[str]:
        """What was said of the hand-ins when they were collected."""
        return json.loads(self._told("notes") or "[]")

    @property
    def missing(self) -> list[Person]:
        """Who is on the roster and handed in nothing."""
        return _people(self._told("missing") or "[]")

    @property
    def graded(self) -> bool:
        """Whether it has any grade at all."""
        with self._reading() as cursor:
            return cursor.execute("SELECT 1 FROM grades LIMIT 1").fetchone() is not None

    def expect(self, collected: Collected) -> None:
        """Keep who handed in what. Students who are known already and not among these stay.

        What was said of a whole class stays as well when a single hand-in comes later.
        """
        rows = [
            (h.student, _as_json(h.people), _stamp(h.submitted), h.late.total_seconds(), h.path.name, "" if h.problem else fingerprint(h.path))
            for h in collected.hand_ins
        ]
        with self._writing() as cursor:
            cursor.executemany("INSERT OR REPLACE INTO hand_ins (student, people, submitted, late, file, sha256) VALUES (?, ?, ?, ?, ?, ?)", rows)
            if len(rows) == 1 and self._fact(cursor, "source"):
                return
            self._keep_fact(cursor, "source", collected.source)
            self._keep_fact(cursor, "notes", json.dumps(collected.notes, ensure_ascii=False))
            self._keep_fact(cursor, "missing", _as_json(collected.missing))

    def add(self, student: str, report: GradeReport) -> None:
        """Keep one more grade; on the disk when this returns."""
        failed, row = bool(report.problem), (student, _stamp(_now()), report.tier, report.sha256, report.fault)
        with self._writing() as cursor:
            cursor.execute(
                "INSERT INTO grades (student, at, tier, sha256, fault, failed, waits, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, failed, report.deferred > 0, report.model_dump_json()),
            )

    def adjust(self, student: str, question: str, points: float, why: str) -> None:
        """Add points (below zero: take off) to what a student earned in a question, and keep why."""
        with self._writing() as cursor:
            values = (student, question, points, why, _stamp(_now()))
            cursor.execute("INSERT INTO adjustments (student, question, points, why, at) VALUES (?, ?, ?, ?, ?)", values)

    def rows(self) -> list[Row]:
        """Every known student, sorted by key, with what counts now."""
        with self._reading() as cursor:
            handed = {row["student"]: row for row in cursor.execute("SELECT * FROM hand_ins")}
            adjusted: dict[str, list[Adjustment]] = {}
            for row in cursor.execute("SELECT * FROM adjustments ORDER BY id"):
                adjustment = Adjustment(row["question"], row["points"], row["why"], _time(row["at"]))
                adjusted.setdefault(row["student"], []).append(adjustment)
            reports: dict[str, dict[str, GradeReport]] = {}
            for row in cursor.execute(f"SELECT student, tier, report FROM ({database.COUNTING})"):
                report = GradeReport.model_validate_json(row["report"])
                reports.setdefault(row["student"], {})[row["tier"]] = report.model_copy(update={"student": row["student"]})
        students = sorted({*handed, *reports, *adjusted}, key=lambda student: (student.casefold(), student))
        return [_row(student, handed.get(student), reports.get(student, {}), adjusted.get(student, ())) for student in students]

    def history(self, student: str) -> list[Kept]:
        """Every grade of a student, the oldest first, each as it was given."""
        with self._reading() as cursor:
            found = cursor.execute("SELECT at, report FROM grades WHERE student = ? ORDER BY id", (student,))
            return [Kept(_time(row["at"]), GradeReport.model_validate_json(row["report"])) for row in found]

    def standings(self, tier: str) -> dict[str, Standing]:
        """Student → the standing, in a tier, of what they handed in last; nobody whose hand-in is not graded there."""
        with self._reading() as cursor:
            found = cursor.execute(database.STANDINGS, (tier,))
            return {row["student"]: Standing(bool(row["failed"]), bool(row["waits"]), json.loads(row["versions"])) for row in found}

    def students(self) -> list[str]:
        """The key of every known student."""
        with self._reading() as cursor:
            found = cursor.execute("SELECT student FROM hand_ins UNION SELECT student FROM grades ORDER BY student")
            return [row["student"] for row in found]

    def find(self, wanted: str) -> str:
        """The key of the student that someone means: by key, name, email or number, whatever its case.

        Raises GradebookError if that is nobody or several.
        """
        with self._reading() as cursor:
            names = {row["student"]: {row["student"], *_names(row["people"])} for row in cursor.execute("SELECT student, people FROM hand_ins")}
        names = {student: {student} for student in self.students()} | names
        if wanted in names:
            return wanted
        found = [student for student, known in names.items() if wanted.casefold() in {name.casefold() for name in known}]
        if len(found) == 1:
            return found[0]
        if found:
            raise GradebookError(f"{self.file}: {wanted!r} is several students; name one of: {', '.join(found)}")
        like = [student for student, known in names.items() if any(wanted.casefold() in name.casefold() for name in known)]
        hint = f"; did you mean {', '.join(like[:5])}?" if like else f"; it has {len(names)} students, listed in grades.csv beside it"
        raise GradebookError(f"{self.file} has no student {wanted!r}{hint}")

    def owners(self, sha256: str) -> list[str]:
        """Who handed in a file with these bytes last."""
        with self._reading() as cursor:
            found = cursor.execute("SELECT student FROM hand_ins WHERE sha256 = ? ORDER BY student", (sha256,))
            return [row["student"] for row in found]

    def _told(self, key: str) -> str:
        with self._reading() as cursor:
            return self._fact(cursor, key)

    @staticmethod
    def _fact(cursor: sqlite3.Cursor, key: str) -> str:
        found = cursor.execute("SELECT value FROM facts WHERE key = ?", (key,)).fetchone()
        return found["value"] if found else ""

    @staticmethod
    def _keep_fact(cursor: sqlite3.Cursor, key: str, value: str) -> None:
        cursor.execute("INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)", (key, value))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Cursor]:
        """One moment's view, whatever is written meanwhile."""
        with database.transaction(self._connection, self.file, "BEGIN") as cursor:
            yield cursor

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Cursor]:
        with database.transaction(self._connection, self.file, "BEGIN IMMEDIATE") as cursor:
            yield cursor


def _row(student: str, handed: sqlite3.Row | None, reports: dict[str, GradeReport], adjustments: Iterable[Adjustment]) -> Row:
    return Row(
        student=student,
        people=tuple(_people(handed["people"])) if handed else (),
        submitted=_time(handed["submitted"]) if handed and handed["submitted"] else None,
        late=timedelta(seconds=handed["late"]) if handed else timedelta(0),
        report=merged(reports.get("cpu"), reports.get("gpu")),
        adjustments=tuple(adjustments),
    )


def _people(text: str) -> list[Person]:
    return [Person(**person) for person in json.loads(text)]


def _names(people: str) -> Iterator[str]:
    for person in _people(people):
        yield from filter(None, asdict(person).values())


def _as_json(people: Iterable[Person]) -> str:
    return json.dumps([asdict(person) for person in people], ensure_ascii=False)


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _stamp(time: datetime | None) -> str | None:
    """A time as the file has it: UTC, so that it sorts."""
    return time.astimezone(timezone.utc).isoformat() if time else None


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)
