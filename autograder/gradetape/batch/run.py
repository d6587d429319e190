"""A run over a class: every grade kept the moment it is there, and gone on with where it stopped."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from rich.console import Console

from gradetape.config import Course
from gradetape.grade_report import GradeReport

from .due import Due, find_due
from .gradebook import FILE, Gradebook, GradebookError
from .hand_ins import Collected
from .local import grade_all
from .pool import BrokenGrader
from .progress import progress
from .run_folder import held, publish


class ClassRun:
    """A run of one assignment: into `out`, its run folder, or without one just for its reports."""

    def __init__(self, course: Course, name: str, out: Path | None = None):
        self.reports: list[GradeReport] = []
        """every grade that counts now: with a run folder, those of earlier commands as well; sorted by student"""
        self._course, self._name, self._out = course, name, out

    def grade(self, collected: Collected, console: Console, *, tier: str = "cpu", regrade: str = "", dask: str = "", **how) -> None:
        """Grade what is not graded yet and what `regrade` names (see `find_due`), with progress on `console`.

        On this machine, or on the Dask cluster at `dask`. `how` goes to `local.grade_all` or `dask_run.grade_all`,
        which say what is raised; GradebookError where the run folder cannot be used. However it ends, what was graded
        is in the gradebook, and the folder's files are written from that.
        """
        if dask:
            how |= {"dask": dask, "say": lambda text: console.print(text, markup=False, highlight=False, soft_wrap=True)}
        if self._out is None:
            self._grade(collected.hand_ins, console, self.reports.append, tier=tier, **how)
            return
        with ExitStack() as stack:
            stack.enter_context(held(self._out))
            book = stack.enter_context(Gradebook.open(self._out / FILE, self._name))
            book.expect(collected)
            due = find_due(book, collected.hand_ins, tier, regrade, self._versions(book))
            _announce(due, console, bool(regrade))
            try:
                self._grade(due.hand_ins, console, lambda report: book.add(report.student, report), tier=tier, **how)
            except GradebookError:
                raise  # nor could the files be written
            except BaseException:
                self._publish(book)
                raise
            self._publish(book)

    def _grade(self, hand_ins, console: Console, keep, **how) -> None:
        if not hand_ins:
            return

        def on_report(report: GradeReport) -> None:
            keep(report)
            step(report)

        with progress(console, len(hand_ins)) as step:
            start = _on_cluster if "dask" in how else grade_all
            start(self._course, self._name, hand_ins, on_report=on_report, **how)

    def _publish(self, book: Gradebook) -> None:
        rows = book.rows()
        self.reports = [row.report for row in rows if row.report]
        publish(rows, self._course, self._out)

    def _versions(self, book: Gradebook) -> dict[str, str]:
        """What a grade would be given with now; nothing where there is no grade to compare it with."""
        if not book.graded:
            return {}
        from gradetape.grading import graded_with  # here: it imports pytest, which a new run need not wait for

        return graded_with(self._course, self._name)


def _on_cluster(*arguments, **how) -> None:
    try:
        from .dask_run import grade_all
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise BrokenGrader("--dask needs Dask: run pip install 'gradetape[cluster]'") from None
    grade_all(*arguments, **how)


def _announce(due: Due, console: Console, regrade: bool) -> None:
    if not due.kept:
        return
    said = f"{due.kept} graded already" + (f", {due.outdated} of them with another suite, solution or configuration" if due.outdated else "")
    said += "; --regrade changed grades those again" if due.outdated and not regrade else ""
    console.print(f"{said}. To grade now: {len(due.hand_ins)}", markup=False, highlight=False, soft_wrap=True)
