"""A run in a process that kills itself at its nth event: a statement to SQLite, a file opened, a file that takes its name.

Between two events nothing that lasts is done, so the states that the events leave are all that a kill can leave.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import sqlite3
import sys
from pathlib import Path

from rich.console import Console

import graded
from gradetape.batch import database, run
from gradetape.batch.hand_ins import Collected
from gradetape.config import find_course

# Forked from a process without threads, whatever threads the tests have; preloaded, it is quick to fork.
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["gradetape.batch.run", "gradetape.late", "gradetape.report.feedback"])


def run_and_die(course: Path, out: Path, collected: Collected, at: int) -> bool:
    """Grade toys in a process that dies at its event number `at`; whether it got that far."""
    process = _context.Process(target=_run, args=(course, out, collected, at))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _run(course: Path, out: Path, collected: Collected, at: int) -> None:
    events, connect = 0, sqlite3.connect

    def event(*_) -> None:
        nonlocal events
        events += 1
        if events == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*arguments, **options) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(event)
        return connection

    database.sqlite3.connect = traced
    sys.addaudithook(lambda name, arguments: event() if name in ("open", "os.rename") and str(out) in str(arguments[0]) else None)
    run.grade_all = graded.grade_all
    run.ClassRun._versions = lambda self, book: graded.VERSIONS
    run.ClassRun(find_course(course), "toy", out).grade(collected, Console(file=io.StringIO()))
