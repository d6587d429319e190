"""What a student is given: every stub with a docstring, a public check, points and a suite; the release in step."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gradetape import gradescope, master, release
from gradetape.config import CONFIG_NAME

from .examination import Examination
from .findings import Finding
from .store import digest

_SHAPE = re.compile(r"\(\s*[\w./*+ -]+\s*,(?:\s*[\w./*+ …-]+\s*,?)*\)|\bscalar\b|\bshape\b", re.IGNORECASE)
_LEAST_TESTS = 4
_LEAST_LINES = 3


def check(exam: Examination) -> Finding:
    """The stubs, the checks, and whether the generated files are what the master makes now."""
    problems = [problem for question in exam.questions for problem in _stub(exam, question)]
    problems += _release(exam)
    said = f"{len(exam.questions)} stubs with docstring, public check, points and suite; the release is in step"
    return Finding("Notebook", said, problems)


def _release(exam: Examination) -> list[str]:
    """What is wrong with the generated files; otter needs seconds to make them, so that is done after a change only."""
    course, name = exam.course, exam.name
    places = [course.root / CONFIG_NAME, course.root / "requirements.lock", course.master(name), course.solution(name)]
    folders = [course.data(name), course.student_folder(name), Path(gradescope.__file__).parent]
    kit = [Path(module.__file__) for module in (master, release)]
    files = [*places, *kit, *(file for folder in folders for file in sorted(folder.rglob("*")) if "__pycache__" not in file.parts)]
    key = digest("release", *(file.read_bytes() for file in files if file.is_file()))
    kept = exam.store.get(key)
    if kept is None:
        kept = {"problems": _remake(exam)}
        exam.store.put(key, kept)
    return kept["problems"]


def _remake(exam: Examination) -> list[str]:
    try:
        stale = release.in_step(exam.course, exam.name)
    except (master.MasterError, release.ReleaseError) as error:
        return [str(error)]
    return [f"out of step with the master: {', '.join(stale)}; run `gradetape release {exam.name}`"] if stale else []


def _stub(exam: Examination, question: str) -> Iterator[str]:
    stub = exam.course.assignment(exam.name).questions[question].stub
    docstrings = _docstrings(exam.notebooks.stubs[question], stub)
    if docstrings is None:
        yield f"{question}: the released cell does not define {stub}, which grader_config.yaml names as its stub"
    elif sum(len(text.splitlines()) for text in docstrings) < _LEAST_LINES:
        yield f"{question}: {stub} has no docstring of {_LEAST_LINES} lines: give arguments, shapes, the convention, and an example"
    elif not any(_SHAPE.search(text) for text in docstrings):
        yield f"{question}: the docstring of {stub} names no shape, as in `(B, D)`"
    if not any(re.search(rf"grader\.check\(\s*[\"']{question}[\"']", c["source"]) for c in exam.notebooks.released["cells"]):
        yield f"{question}: no public check in the notebook: write a tests block after the solution"
    tests = exam.suite.tests(question)
    if len(tests) < _LEAST_TESTS:
        yield f"{question}: {len(tests)} hidden tests, and needs {_LEAST_TESTS}"


def _docstrings(source: str, stub: str) -> list[str] | None:
    """The docstrings of a stub and of what is in it; None if the stub is not defined."""
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == stub:
            parts = [n for n in ast.walk(node) if isinstance(n, (ast.FunctionDef, ast.ClassDef))]
            return [text for text in map(ast.get_docstring, parts) if text]
    return None
