"""The gradebook's file: its tables, how it is opened, and what SQLite's complaints mean to a person."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = 1
_APPLICATION = 0x47544150  # "GTAP": tells a gradebook from other programs' SQLite files
_WAIT_SECONDS = 30

_TABLES = """
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE hand_ins (
    student TEXT PRIMARY KEY, people TEXT NOT NULL, submitted TEXT, late REAL NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE grades (
    id INTEGER PRIMARY KEY, student TEXT NOT NULL, at TEXT NOT NULL, tier TEXT NOT NULL, sha256 TEXT NOT NULL,
    fault INTEGER NOT NULL, failed INTEGER NOT NULL, waits INTEGER NOT NULL, report TEXT NOT NULL
);
CREATE INDEX grades_of_a_hand_in ON grades (student, tier, sha256, fault, id);
CREATE TABLE adjustments (
    id INTEGER PRIMARY KEY, student TEXT NOT NULL, question TEXT NOT NULL, points REAL NOT NULL, why TEXT NOT NULL, at TEXT NOT NULL
)
"""

# Of each student, the grades of what was handed in last: of a grade that came without a hand-in, the newest one's.
_OF_LAST_HAND_IN = """
SELECT * FROM grades g WHERE sha256 = COALESCE(
    (SELECT sha256 FROM hand_ins h WHERE h.student = g.student),
    (SELECT sha256 FROM grades n WHERE n.student = g.student ORDER BY id DESC LIMIT 1)
)
"""
# The kit's own failure does not take a grade away that was given before.
COUNTING = f"""
SELECT student, tier, report FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY student, tier ORDER BY fault, id DESC) AS place FROM ({_OF_LAST_HAND_IN})
) WHERE place = 1
"""
"""the report that counts for each student and tier"""

STANDINGS = f"""
SELECT student, failed, waits, json_extract(report, '$.versions') AS versions FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY student ORDER BY id DESC) AS place FROM ({_OF_LAST_HAND_IN}) WHERE tier = ?
) WHERE place = 1
"""
"""the newest grade, in one tier, of each student"""


class GradebookError(Exception):
    """The gradebook cannot be used; the message names the file, the cause and the next step."""


def connect(file: Path, make: bool) -> sqlite3.Connection:
    """Open the file and see that it is a whole gradebook of this schema; `make` one where there is none.

    Raises GradebookError.
    """
    if not make and not file.is_file():
        raise GradebookError(f"{file}: there is no gradebook; name the folder that `gradetape grade --out` wrote")
    with telling(file):
        if make:
            file.parent.mkdir(parents=True, exist_ok=True)
        # To read a log, SQLite writes beside it; where that is not allowed there is no log either, and nobody writes.
        still = not make and not os.access(file.parent, os.W_OK) and not file.with_name(f"{file.name}-wal").exists()
        address = f"{file.absolute().as_uri()}?{'immutable=1' if still else 'mode=rwc' if make else 'mode=rw'}"
        connection = sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        with telling(file):
            connection.row_factory = sqlite3.Row
            if make:
                _make(connection)
            _examine(connection, file)
            if make:
                connection.execute("PRAGMA synchronous = FULL")  # with WAL, less would lose the last grades with the power
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection) -> None:
    """Write the tables into an empty file, in one transaction: one that was cut short here is still empty."""
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    connection.execute("PRAGMA journal_mode = WAL")  # people read while a run writes
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")
    connection.execute("COMMIT")


def _examine(connection: sqlite3.Connection, file: Path) -> None:
    (application,), (schema,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version"))
    if application != _APPLICATION:
        raise GradebookError(f"{file} is not a gradebook but another program's file; choose another folder with --out")
    if schema < SCHEMA:
        raise GradebookError(
            f"{file} was made by an older gradetape (schema {schema}, this one writes {SCHEMA}); "
            "finish with that version, or grade the class again into another folder with --out"
        )
    if schema > SCHEMA:
        raise GradebookError(f"{file} was made by a newer gradetape (schema {schema}, this one reads {SCHEMA}); install that version")
    if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise _damaged(file, found)


@contextmanager
def transaction(connection: sqlite3.Connection, file: Path, begin: str) -> Iterator[sqlite3.Cursor]:
    """All or nothing: committed when the block ends, taken back when it raises."""
    with telling(file):
        cursor = connection.cursor()
        cursor.execute(begin)
        try:
            yield cursor
            cursor.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk takes it back by itself
                cursor.execute("ROLLBACK")
            raise


@contextmanager
def telling(file: Path) -> Iterator[None]:
    """Turn what SQLite or the system complains of into a GradebookError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explained(file, error) from error
    except OSError as error:
        raise GradebookError(f"{error.filename or file}: {error.strerror}; choose another folder with --out, or make this one writable") from error


def _explained(file: Path, error: sqlite3.Error) -> GradebookError:
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return GradebookError(
            f"{file}: could not be written ({error}); what was kept before is safe. "
            "Free some space or mend the disk, and run the same command again: it goes on from there"
        )
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return _damaged(file, str(error))
    if code.startswith("SQLITE_BUSY"):
        return GradebookError(f"{file}: another process kept it locked for {_WAIT_SECONDS} seconds; end that one, then try again")
    if code == "SQLITE_PROTOCOL":
        return GradebookError(f"{file}: lies on a network file system, which cannot lock it; choose a folder on this machine's own disk with --out")
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return GradebookError(f"{file}: cannot be opened for writing ({error}); make it and its folder writable, or choose another with --out")
    return GradebookError(f"{file}: {error} ({code or type(error).__name__}); copy the file away, and grade into another folder with --out")


def _damaged(file: Path, said: str) -> GradebookError:
    return GradebookError(
        f"{file} is damaged or no gradebook ({said}). Put a copy of it back, or move it away and grade again; "
        "reports/ beside it still holds what was written last"
    )
