"""The hand-ins that examine a suite, each a notebook whose right verdict is known beforehand."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gradetape.config import ConfigError, Course
from gradetape.grading import read_notebook
from gradetape.submission import Submission, notebook_submission

from .answers import read_answers
from .mutants import Mutant, mutate

Kind = Literal["solution", "stub", "unanswered", "right", "wrong", "mutant"]


@dataclass(frozen=True)
class Case:
    """One hand-in: the solution, the notebook as released, or the solution with one answer exchanged."""

    id: str
    kind: Kind
    title: str
    question: str = ""
    """the question whose answer is exchanged"""
    source: str = ""
    """what stands in that question's answer cell"""
    fails: tuple[str, ...] = ()
    """the tests that must fail, of a wrong answer"""
    mutant: Mutant | None = None

    @property
    def is_right(self) -> bool:
        return self.kind in ("solution", "right")

    @property
    def examines(self) -> bool:
        """Whether the suite ought to catch it: the cases that show what a test is good for."""
        return self.kind in ("wrong", "mutant")


class Notebooks:
    """An assignment's two generated notebooks and the answer cells in each."""

    def __init__(self, course: Course, name: str):
        self.name, self.questions = name, list(course.assignment(name).questions)
        self.solution, self.released = read_notebook(course.solution(name)), read_notebook(course.student_notebook(name))
        self.answers = {q: self._answer_cell(self.solution, q)["source"] for q in self.questions}
        self.stubs = {q: self._answer_cell(self.released, q)["source"] for q in self.questions}

    def _answer_cell(self, notebook: dict, question: str) -> dict:
        found = [cell for cell in notebook["cells"] if f"answer:{question}" in cell["metadata"].get("tags", [])]
        if len(found) != 1:
            raise ConfigError(
                f"{self.name}: the question {question} has {len(found)} answer cells and needs one: "
                f"check its marks in the master, then run `gradetape release {self.name}`"
            )
        return found[0]

    def submission(self, cases: Sequence[Case]) -> Submission:
        """Cases as one hand-in: the solution with all their answers exchanged, or the notebook as released."""
        notebook = self.released if cases[0].kind == "stub" else copy.deepcopy(self.solution)
        for case in cases:
            if case.question:
                self._answer_cell(notebook, case.question)["source"] = case.source
        return notebook_submission(notebook, f"{self.name}.ipynb", cases[0].id)


def all_cases(course: Course, name: str, notebooks: Notebooks) -> Iterator[Case]:
    """Every case of an assignment. Raises BankError for a file of the answer bank that does not hold."""
    yield Case("solution", "solution", "The solution")
    yield Case("stub", "stub", "The notebook as released")
    for question, stub in notebooks.stubs.items():
        yield Case(f"unanswered/{question}", "unanswered", f"Only {question} not answered", question, stub)
    for answer in read_answers(course.answers(name), notebooks.questions):
        yield Case(answer.id, answer.kind, answer.title, answer.question, answer.source, answer.fails)
    for question, source in notebooks.answers.items():
        for mutant in mutate(question, source):
            yield Case(f"mutant/{mutant.id}", "mutant", mutant.operator, question, mutant.source, mutant=mutant)
