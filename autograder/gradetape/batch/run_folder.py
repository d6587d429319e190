"""The folder of a run: who may write into it, what is published there, and which one is meant."""

from __future__ import annotations

import fcntl
import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from gradetape.config import Course
from gradetape.late import reckon
from gradetape.report import write_csv, write_feedback, write_json

from .gradebook import FILE, Gradebook, GradebookError, Row

_LOCK = ".lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Be the one process that grades into a folder, which is made if need be; to read it, nobody needs this.

    The kernel lets go of it when the process ends, however that is. Raises GradebookError while another holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / _LOCK, "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise GradebookError(
                f"{folder}: another `gradetape grade` is at work there ({file.read().strip() or 'just started'}); "
                "wait until it ends, or choose another folder with --out"
            ) from None
        file.truncate(0)
        file.write(f"process {os.getpid()} on {platform.node()}, since {datetime.now():%Y-%m-%d %H:%M}")
        file.flush()
        yield


def publish(rows: Iterable[Row], course: Course, folder: Path) -> None:
    """Write a class's files: grades.csv, reports/ and feedback/. The same rows give the same bytes."""
    graded = [row for row in rows if row.report]
    for row in graded:
        write_json(row.report, folder / "reports")
        write_feedback(row.report, course, folder / "feedback", reckon(row, course.late(row.report.assignment)))
    if graded:
        write_csv([row.report for row in graded], folder / "grades.csv")


def find_run(course: Course, named: Path | None) -> Path:
    """The run folder that a command is about: the one named, or the only one in the course's runs/.

    Raises GradebookError where that is none or not clear.
    """
    if named:
        return named
    runs = sorted(file.parent for file in (course.root / "runs").glob(f"*/{FILE}"))
    if len(runs) == 1:
        return runs[0]
    if runs:
        raise GradebookError(f"there are several runs: say --run with one of {', '.join(map(str, runs))}")
    raise GradebookError(f"{course.root / 'runs'} holds no run; name its folder with --run")


def open_run(folder: Path) -> Gradebook:
    """The gradebook of a run folder that is there. Raises GradebookError."""
    return Gradebook.open(folder / FILE)
