"""One grade from the two tiers' grades of the same hand-in."""

from __future__ import annotations

from gradetape.grade_report import GradeReport, QuestionResult, TestResult


def merged(cpu: GradeReport | None, gpu: GradeReport | None) -> GradeReport | None:
    """The ordinary tier's grade with the gpu tier's verdicts where its own are deferred; one alone is as it is.

    Tests are found by name. Where the gpu tier has a problem, that is said in a note and its points still wait.
    """
    if cpu is None or gpu is None:
        return cpu or gpu
    there = {question.name: {test.name: test for test in question.tests} for question in gpu.questions}
    notes = [f"gpu tier: {note}" for note in ([gpu.problem] if gpu.problem else []) + gpu.notes if note not in cpu.notes]
    return cpu.model_copy(
        update={
            "questions": [_with(question, there.get(question.name, {})) for question in cpu.questions],
            "notes": cpu.notes + notes,
            "seconds": round(cpu.seconds + gpu.seconds, 3),
            "memory_mb": max(cpu.memory_mb, gpu.memory_mb),
        }
    )


def _with(question: QuestionResult, there: dict[str, TestResult]) -> QuestionResult:
    tests = [there.get(test.name, test) if test.outcome == "deferred" else test for test in question.tests]
    return question.model_copy(update={"tests": tests})
