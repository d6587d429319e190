"""`gradetape verify`: an assignment's own examination. Is its suite right about every answer that is known?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from gradetape.config import Course
from gradetape.grade_report import GradeReport
from gradetape.verification import budget, findings, notebook, public, repeat, secrets
from gradetape.verification.crew import Crew, Job
from gradetape.verification.examination import Examination
from gradetape.verification.findings import Finding
from gradetape.verification.page import write_page
from gradetape.verification.terminal import print_findings

_SAVED_EVERY = 50
"""gradings after which what was found is written down, lest a run that is cut short has to begin anew"""


def run(
    course: Course, names: Sequence[str], fresh: bool = False, html: Path | None = None, workers: int | None = None, console: Console | None = None
) -> bool:
    """Examine assignments and print what was found; `html`: write a page of it. Returns whether all holds.

    Only what has changed since the last time is examined again, unless `fresh`. `workers` gradings run side by side
    (default: one a core). Raises ConfigError, BankError, WaiverError or SuiteBroken where an examination cannot begin.
    """
    console = console or Console()
    exams = [Examination(course, name, fresh) for name in names]
    sound: list[Examination] = []
    found: dict[str, list[Finding]] = {}
    aside = ThreadPoolExecutor(1)
    try:
        with Crew(course, workers) as crew, _progress(console) as progress:
            _grade(crew, exams, Examination.solution_jobs, "solutions", progress)
            sound += [exam for exam in exams if findings.solution(exam).holds]
            rehearsals = {exam.name: budget.Rehearsal(exam, aside) for exam in sound}
            _grade(crew, sound, Examination.case_jobs, "answers and mutants", progress)
            _grade(crew, sound, Examination.last_jobs, "survivors", progress)
            for exam in exams:
                # A suite that refuses the solution says nothing about anything else.
                found[exam.name] = _findings(exam, crew, rehearsals[exam.name], progress) if exam in sound else [findings.solution(exam)]
    finally:
        aside.shutdown(wait=False, cancel_futures=True)  # what went wrong is told before a notebook that still runs has ended
        for exam in exams:
            exam.store.save(whole=exam in sound and exam.name in found)
    for exam in exams:
        print_findings(exam, found[exam.name], console)
    if html:
        write_page(html, [(exam, found[exam.name]) for exam in sound])
        console.print(f"Written: {html}", markup=False, highlight=False, soft_wrap=True)
    return all(finding.holds for each in found.values() for finding in each)


def _grade(crew: Crew, exams: Sequence[Examination], jobs_of: Callable[[Examination], Iterable[Job]], title: str, progress: Progress) -> None:
    by_name = {exam.name: exam for exam in exams}
    jobs = [job for exam in exams for job in jobs_of(exam)]
    if not jobs:
        return
    bar = progress.add_task(title, total=len(jobs))

    def done(job: Job, report: GradeReport) -> None:
        exam = by_name[job.assignment]
        exam.record(job, report)
        if exam.graded % _SAVED_EVERY == 0:
            exam.store.save(whole=False)
        progress.advance(bar)

    crew.grade(jobs, done)


def _findings(exam: Examination, crew: Crew, rehearsal: budget.Rehearsal, progress: Progress) -> list[Finding]:
    repeated = progress.add_task(f"{exam.name}: the same again", total=repeat.ROUNDS)
    again = repeat.check(exam, crew, lambda: progress.advance(repeated))
    progress.update(repeated, completed=repeat.ROUNDS)
    last = progress.add_task(f"{exam.name}: notebook and secrets", total=4)
    rest = []
    for check in (
        lambda: public.check(exam, crew),
        lambda: secrets.check(exam, crew),
        lambda: budget.check(exam, rehearsal),
        lambda: notebook.check(exam),
    ):
        rest.append(check())
        progress.advance(last)
    judged: list[Callable[[Examination], Finding]] = [
        findings.solution, findings.stub, findings.right, findings.wrong, findings.mutants, findings.matrix, findings.unbroken
    ]  # fmt: skip
    return [*(judge(exam) for judge in judged), again, *rest]


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
