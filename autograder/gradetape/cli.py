"""The `gradetape` command: parses, calls, prints. What it imports late would make `--help` slow."""

from __future__ import annotations

import json as jsonlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

from gradetape.config import ConfigError, Course, find_course
from gradetape.grade_report import GradeReport

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Auto-graded assignments for a course on advanced Keras. Run it inside the course's folder.",
    epilog="Start with `gradetape doctor`, then `gradetape demo`.",
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="An assignment of grader_config.yaml, such as vae.", show_default=False)]
Names = Annotated[list[str] | None, typer.Argument(metavar="NAME", help="Assignments of grader_config.yaml, such as vae.", show_default=False)]
All = Annotated[bool, typer.Option("--all", help="Every assignment of the course.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Hand-ins graded at a time. Default: one a core; on a GPU, one.", show_default=False)]
Run = Annotated[Path | None, typer.Option("--run", metavar="DIR", help="The run's folder. Default: the only one in runs/.", show_default=False)]
Unlocked = Annotated[bool, typer.Option("--unlocked", help="Go on where this machine cannot lock student code in. Never for strangers' code.")]


class Tier(StrEnum):
    cpu = "cpu"
    gpu = "gpu"


@app.command()
def grade(
    name: Name,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Notebooks, scripts, zips, folders of them, or an export of Gradescope, Canvas or Moodle.", show_default=False)],
    roster: Annotated[Path | None, typer.Option(metavar="CSV", help="Who is in the class: fills in names, and tells who is missing.", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Write grades.csv, reports/ and feedback/ here. Default for a class: runs/NAME.", show_default=False)] = None,
    workers: Workers = None,
    tier: Annotated[Tier, typer.Option(help="Which tests to run: the ordinary ones, or only those that wait for a GPU.")] = Tier.cpu,
    regrade: Annotated[str, typer.Option(metavar="WHICH", help="Grade again, too: all; failed (those that got no grade); changed (those graded with another suite, solution or configuration); or one student.", show_default=False)] = "",
    on_cpu: Annotated[bool, typer.Option("--on-cpu", help="With --tier gpu: run them here although there is no GPU.")] = False,
    dask: Annotated[str, typer.Option(metavar="ADDRESS", help="Grade on the Dask cluster whose scheduler is there, or on local:N processes.", show_default=False)] = "",
    unlocked: Unlocked = False,
    json: Annotated[bool, typer.Option("--json", help="Print the reports as JSON, for scripts.")] = False,
) -> None:
    """Grade one hand-in, or a class.

    One notebook is shown question by question. Several hand-ins (a folder, a zip of notebooks, many files) are
    graded side by side and shown as a table. A hand-in that cannot be graded gets 0 points and the reason; that
    is no error. The exit status is 0 only if every hand-in was graded or given its reason.

    Every grade is in the folder's gradebook the moment it is given. After an interruption, whatever it was, the same
    command goes on where it stopped.
    """
    from gradetape.batch.announce import announce
    from gradetape.batch.hand_ins import collect
    from gradetape.batch.run import ClassRun
    from gradetape.doctor import gpu_present
    from gradetape.lms.roster import RosterError

    with telling(RosterError), tempfile.TemporaryDirectory(prefix="gradetape-") as scratch:
        course = find_course()
        course.assignment(name)
        if dask and workers:
            fail("--workers is for this machine; a Dask cluster has the workers that it has, and local:N says how many", status=2)
        elsewhere = dask and not dask.startswith("local:")
        if tier is Tier.gpu and not (on_cpu or elsewhere or gpu_present()):
            fail("no GPU on this machine: grade where there is one, or add --on-cpu to run these tests slowly here")
        collected = collect(paths, Path(scratch), roster)
        announce(collected, log())
        named = [hand_in.student for hand_in in collected.hand_ins]
        if out is None and (len(named) > 1 or regrade):
            out = course.root / "runs" / name
        run = ClassRun(course, name, out)
        gpu = tier is Tier.gpu and not on_cpu
        where = {"dask": dask} if dask else {"workers": workers}
        run.grade(collected, log(), tier=tier.value, gpu=gpu, regrade=regrade, unlocked=unlocked, **where)
    reports = run.reports if len(named) > 1 else [report for report in run.reports if report.student in named]
    show(reports, out, json)


def show(reports: Sequence[GradeReport], out: Path | None, json: bool) -> None:
    """Print grades, and end with status 1 if the kit failed on any of them."""
    from gradetape.report import as_dict, print_report, print_table

    screen = console()
    if json:
        print(jsonlib.dumps([as_dict(r) for r in reports], indent=1))
    elif len(reports) == 1:
        print_report(reports[0], screen)
    else:
        print_table(reports, screen)
    if out and not json:
        screen.print(f"Written: {escape(str(out))}: gradebook, grades.csv, reports/ for staff, feedback/ for students", soft_wrap=True)
    if names := ", ".join(report.student for report in reports if report.fault):
        again = "--regrade failed grades them again" if out else "grade it again"
        fail(f"not graded, through no fault of theirs: {names}; the remarks say why; {again}.")


@app.command()
def merge(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Reports of another run, Gradescope's results.json, or the submission_metadata.yml of its export.", show_default=False)],
    run: Run = None,
) -> None:
    """Take grades in that were given elsewhere, for the hand-ins of this run that have the same bytes.

    So a class graded on Gradescope gets its gpu tier from here, or one graded here from a machine with a GPU.
    """
    from gradetape.batch.merge import NoGrades
    from gradetape.batch.merge import merge as join
    from gradetape.batch.run_folder import find_run, held, open_run, publish

    with telling(NoGrades):
        course = find_course()
        folder = find_run(course, run)
        with open_run(folder) as book, held(folder):
            done = join(book, files)
            publish(book.rows(), course, folder)
    print_line(f"{len(done.added)} grades added" + (f", {done.known} known already" if done.known else ""))
    if done.nobodys:
        fail(f"nobody in {folder} handed in {', '.join(done.nobodys[:5])}" + (f" and {len(done.nobodys) - 5} more" if len(done.nobodys) > 5 else ""))


@app.command()
def history(
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Their name, email or number, as grades.csv or the roster has it.", show_default=False)],
    run: Run = None,
    json: Annotated[bool, typer.Option("--json", help="Print every grade whole, as JSON, for scripts.")] = False,
) -> None:
    """Show every grade that a student was ever given in a run: when, for which file, and with what."""
    from gradetape.batch.run_folder import find_run, open_run
    from gradetape.report import as_dict
    from gradetape.report.history import print_history

    with telling(), open_run(find_run(find_course(), run)) as book:
        key = book.find(student)
        (row,) = (row for row in book.rows() if row.student == key)
        kept = book.history(key)
    if json:
        print(jsonlib.dumps([{"at": k.at.isoformat(), **as_dict(k.report)} for k in kept], indent=1))
    else:
        print_history(row, kept, console())


@app.command(context_settings={"ignore_unknown_options": True})  # so that -2 is points
def adjust(
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="Their name, email or number, as grades.csv or the roster has it.", show_default=False)],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="As grader_config.yaml calls it, such as kl_divergence.", show_default=False)],
    points: Annotated[float, typer.Argument(metavar="POINTS", help="To add; below zero: to take off.", show_default=False)],
    why: Annotated[str, typer.Option(help="The reason. It stands in the exported CSV.", show_default=False)],
    run: Run = None,
) -> None:
    """Change what a student has in a question, and keep why.

    The grade itself stays as it was given. A further adjustment takes one back.
    """
    from gradetape.batch.run_folder import find_run, open_run
    from gradetape.late import adjust as add
    from gradetape.late import reckon
    from gradetape.report.words import points as said

    with telling():
        course = find_course()
        with open_run(find_run(course, run)) as book:
            row = add(book, course, student, question, points, why)
            reckoned = reckon(row, course.late(book.assignment))
    print_line(f"{row.student}: {said(reckoned.raw)} earned, {said(reckoned.final)} in the end ({reckoned.why})")


class System(StrEnum):
    canvas = "canvas"
    gradescope = "gradescope"
    moodle = "moodle"
    csv = "csv"


@app.command()
def export(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The run's folder, such as runs/week7.", show_default=False)],
    to: Annotated[System, typer.Option(help="Whose file to write; csv has everything, with how each grade came about.", show_default=False)],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Default: RUN/final_TO.csv.", show_default=False)] = None,
) -> None:
    """Write the final grades, with adjustments and the late policy applied, for a learning management system."""
    from gradetape.batch.run_folder import open_run
    from gradetape.lms.export import write_export

    with telling():
        course = find_course()
        out = out or run / f"final_{to}.csv"
        with open_run(run) as book:
            notes = write_export(book, course, to.value, out)
    for note in notes:
        log().print(note, markup=False, highlight=False, soft_wrap=True)
    print_path(out)


@app.command()
def report(run: Annotated[Path, typer.Argument(metavar="RUN", help="The run's folder, such as runs/week7.", show_default=False)]) -> None:
    """Write report.html for staff: the class's points, items, causes of failure, and what to look at.

    Renews the students' pages as well, for what was adjusted since, and how late hand-ins were.
    """
    from gradetape.batch.gradebook import GradebookError
    from gradetape.batch.run_folder import held, open_run, publish
    from gradetape.report.class_page import write_report

    with telling(), open_run(run) as book:
        course = find_course()
        write_report(book, course, run / "report.html")
        try:
            with held(run):
                publish(book.rows(), course, run)
        except GradebookError as busy:
            log().print(f"The students' pages are left as they are: {busy}", markup=False, highlight=False, soft_wrap=True)
    print_path(run / "report.html")


@app.command()
def release(names: Names = None, all: All = False, out: Annotated[Path, typer.Option(metavar="DIR", help="Where dist/NAME/ goes.")] = Path("dist")) -> None:
    """Build what is handed out: the student zip, the Gradescope zip and the solution.

    Renews student_template/ and solutions/ from the master notebook as well.
    """
    from gradetape.master import MasterError
    from gradetape.release import ReleaseError
    from gradetape.release import release as build

    with telling(MasterError, ReleaseError):
        course = find_course()
        for name in chosen(course, names, all):
            made = build(course, name, out / name)
            for path in (made.student_zip, made.autograder_zip, made.solution):
                print_path(path)


@app.command()
def verify(
    names: Names = None,
    all: All = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Examine everything again, not only what has changed.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page of it as well.", show_default=False)] = None,
    workers: Workers = None,
) -> None:
    """Examine assignments themselves: is the suite right about every answer that is known?

    The exit status is 0 only if all holds.
    """
    from gradetape.grading import SuiteBroken
    from gradetape.verification.answers import BankError
    from gradetape.verification.waivers import WaiverError
    from gradetape.verify import run

    with telling(BankError, WaiverError, SuiteBroken):
        course = find_course()
        holds = run(course, chosen(course, names, all), fresh, html, workers, console())
    if not holds:
        raise typer.Exit(1)


@app.command()
def new(name: Name) -> None:
    """Add a small assignment that is whole, to be changed piece by piece into another.

    In an empty folder it begins a course as well.
    """
    from gradetape.scaffold import new as add

    with telling():
        here = Path.cwd()
        for path in add(here if not any(here.iterdir()) else find_course(), name):
            print_path(path)


@app.command()
def doctor() -> None:
    """Say whether this machine can grade: locks, packages, bytecode, GPU, and how to get what is missing."""
    from gradetape.doctor import examine
    from gradetape.report.findings import print_findings

    try:
        course = find_course()
    except ConfigError as error:
        console(stderr=True).print(f"[yellow]{escape(str(error))}[/]", soft_wrap=True)
        course = None
    findings = examine(course)
    print_findings(findings, console())
    if any(finding.state == "bad" for finding in findings):
        raise typer.Exit(1)


@app.command()
def demo(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where everything is written.")] = Path("out"),
    workers: Workers = None,
    unlocked: Unlocked = False,
) -> None:
    """Build the vae assignment, make a class of 16 hand-ins, and grade it."""
    from gradetape.demo import run_demo, what_to_open
    from gradetape.master import MasterError
    from gradetape.release import ReleaseError
    from gradetape.report.terminal import print_guide

    with telling(MasterError, ReleaseError):
        run = run_demo(find_course(), out, log(), workers=workers, unlocked=unlocked)
    show(run.reports, None, json=False)
    print_guide(what_to_open(out), console())


def chosen(course: Course, names: list[str] | None, all: bool) -> list[str]:
    """The assignments that a command is about."""
    if all == bool(names):
        fail("name the assignments, or say --all", status=2)
    for name in names or ():
        course.assignment(name)
    return names or list(course.config.assignments)


def print_path(path: Path) -> None:
    """Print a path whole, on a line of its own."""
    print_line(str(path))


def print_line(text: str) -> None:
    """Print a text as it is, on one line."""
    console().print(text, markup=False, highlight=False, soft_wrap=True)


def console(stderr: bool = False) -> Console:
    """The terminal; where there is none, lines wide enough for a table."""
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else 120)


def log() -> Console:
    """Where progress goes, so that standard output holds only results."""
    return console(stderr=True)


def fail(message: str, status: int = 1) -> NoReturn:
    """Say what went wrong and end."""
    log().print(f"[bold red]Error[/]: {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(status)


@contextmanager
def telling(*more: type[Exception]) -> Iterator[None]:
    """Turn what a user can do something about into a message and an exit status; the rest is a bug and shows itself.

    `more` are exceptions that say what to do, of modules that not every command imports.
    """
    from gradetape.batch.gradebook import GradebookError
    from gradetape.batch.hand_ins import NothingToGrade
    from gradetape.batch.pool import BrokenGrader
    from gradetape.sandbox.client import SandboxError
    from gradetape.sandbox.locks import LocksMissing

    try:
        yield
    except LocksMissing as error:
        fail(f"{error}\n`gradetape doctor` says more; --unlocked grades all the same.")
    except (ConfigError, GradebookError, NothingToGrade, BrokenGrader, SandboxError, *more) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or 'the system'}: {error.strerror}; choose another folder with --out, or free some space")
    except KeyboardInterrupt:
        fail("interrupted; what was graded is kept, and the same command goes on from there", status=130)


if __name__ == "__main__":
    app()
