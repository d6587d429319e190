"""The public checks agree with what is known: they pass for every right answer and fail for a stub."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from gradetape import public_checks
from gradetape.public_checks import PublicChecks

from .cases import Case
from .crew import Crew
from .examination import Examination
from .findings import Finding
from .store import digest

_SHOWN = 200


def check(exam: Examination, crew: Crew) -> Finding:
    """Run each right answer, the solution and the stubs through the checks that a student runs."""
    checks = PublicChecks(exam.course, exam.name, crew.zygote.path)
    questions = [q for q in exam.questions if q in checks.tests]
    asked = [(exam.solution, questions), (exam.case("stub"), questions)]
    asked += [(case, [case.question]) for case in exam.of_kind("right") if case.question in questions]
    with ThreadPoolExecutor(crew.workers) as pool:  # the work is done in workers: a thread only waits for one
        failed = list(pool.map(lambda pair: _failures(exam, checks, *pair), asked))
    problems = [
        f"{case.id} is right and fails the public check of {question}: {said[0][:_SHOWN]}. Widen the check in the master"
        for (case, _), found in zip(asked, failed, strict=True)
        if case.is_right
        for question, said in found.items()
    ]
    right, narrow = len(asked) - 1, len(problems)
    problems += [
        f"{question}: the public check passes on the notebook as released: let it say that the answer is not written yet"
        for question in questions
        if question not in failed[1]
    ]
    return Finding("Public checks", f"{right - narrow} of {right} right answers pass; a stub fails", problems)


def _failures(exam: Examination, checks: PublicChecks, case: Case, questions: Sequence[str]) -> dict[str, list[str]]:
    kit = Path(public_checks.__file__).read_bytes()
    tests = [checks.tests[q] for q in questions]
    key = digest("public", kit, exam.keys.assignment, case.id, case.source, *tests)
    found = exam.store.get(key)
    if found is None:
        found = checks.failures(exam.notebooks.submission([case]), questions) if questions else {}
        exam.store.put(key, found)
    return found
