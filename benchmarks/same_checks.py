"""The same work for two graders: the probes that the vae suite puts to the solution, recorded with their answers.

Plain otter gets them as tests in its own format; a warm Python process repeats them without any kit around.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

from gradetape.config import Course
from gradetape.grading import Grader
from gradetape.submission import notebook_submission, plan_cells, released_cells

HELPER = '''
import pickle, types
import numpy as np, keras

class Student:
    """The notebook's names, with doubles put in their place for a while, as in GradeTape's worker."""
    def __init__(self, names): self._names = names
    def __getattr__(self, name): return self._names[name]
    def replacing(self, **doubles):
        import contextlib
        @contextlib.contextmanager
        def block():
            before = {k: self._names[k] for k in doubles if k in self._names}
            self._names.update(doubles)
            try: yield
            finally:
                for k in doubles: self._names.pop(k, None)
                self._names.update(before)
        return block()

def load(folder="."):
    import sys
    sys.path.insert(0, folder)
    import probes
    with open(f"{folder}/recorded.pkl", "rb") as file:
        return probes, pickle.load(file)

def plain(value):
    if isinstance(value, dict): return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)): return [plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str)): return value
    array = np.asarray(value)
    return array.tolist() if array.dtype.kind in "OSU" else array

def compare(got, expected):
    if isinstance(expected, dict):
        for key, value in expected.items(): compare(got[key], value)
    elif isinstance(expected, list):
        for one, other in zip(got, expected, strict=True): compare(one, other)
    elif isinstance(expected, np.ndarray): np.testing.assert_allclose(got, expected, rtol=1e-3, atol=1e-4)

def ask(names, probes, call):
    probe, args, kwargs, seed, expected = call
    keras.utils.set_random_seed(seed)
    compare(plain(getattr(probes, probe)(Student(names), *args, **kwargs)), expected)
'''

TEST = '''
OK_FORMAT = False
from otter.test_files import test_case
name = {question!r}
points = {points}
'''
CASE = '''
@test_case()
def test_{index}(env):
    import same_checks_helper as helper
    probes, calls = helper.load()
    for call in calls[{question!r}][{index}]:
        helper.ask(env, probes, call)
'''


@dataclass(frozen=True)
class Recorded:
    """The solution's cells, and question → tests → calls (probe, arguments, keywords, seed, answer)."""

    cells: list[str]
    calls: dict[str, list[list[tuple]]]


def record(course: Course, name: str, door: str) -> Recorded:
    """Grade the solution once and note each probe put to it, by question and test."""
    grader = Grader(course, name, door)
    notebook = nbformat.read(course.solution(name), as_version=4)
    run = grader.new_run(notebook_submission(notebook, f"{name}.ipynb"))
    calls: dict[str, dict[str, list[tuple]]] = {}
    put = run.student.call

    def note(probe, args, kwargs, seed):
        answer = put(probe, args, kwargs, seed)
        question, test = run.student._test.split("/", 1)
        calls.setdefault(question, {}).setdefault(test, []).append((probe, args, kwargs, seed, answer))
        return answer

    run.student.call = note
    with contextlib.closing(run):
        grader._suite.run(run)
    released = nbformat.read(course.student_notebook(name), as_version=4)
    stubs = {q.stub for q in course.assignment(name).questions.values()}
    cells = [cell.source for cell in plan_cells(notebook_submission(notebook, "x"), released_cells(released), stubs)]
    return Recorded(cells, {question: list(tests.values()) for question, tests in calls.items()})


def write(recorded: Recorded, course: Course, name: str, folder: Path) -> None:
    """Lay out `folder`: the helper, probes, doubles, recorded calls and cells, as plain files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "same_checks_helper.py").write_text(HELPER)
    (folder / "probes.py").write_text((course.suite(name) / "probes.py").read_text())
    if course.doubles().is_file():
        (folder / "doubles.py").write_text(course.doubles().read_text())
    (folder / "recorded.pkl").write_bytes(pickle.dumps(recorded.calls))
    (folder / "cells.json").write_text(json.dumps(recorded.cells))
    (folder / "data").symlink_to(course.data(name))


def otter_zip(recorded: Recorded, course: Course, name: str, folder: Path) -> Path:
    """Plain otter's zip of the same checks, in its own exception-based format."""
    from otter.generate import main as generate

    write(recorded, course, name, folder)
    tests = folder / "tests"
    tests.mkdir()
    for question, cases in recorded.calls.items():
        text = TEST.format(question=question, points=course.assignment(name).questions[question].points)
        text += "".join(CASE.format(question=question, index=index) for index in range(len(cases)))
        (tests / f"{question}.py").write_text(text)
    files = [str(p.relative_to(folder)) for p in folder.iterdir() if p.is_file() and p.suffix in (".py", ".pkl")] + ["data"]
    here = Path.cwd()
    os.chdir(folder)
    try:
        generate(tests_dir="tests", output_path="plain.zip", files=files, no_requirements=True, no_environment=True, no_config=True)
    finally:
        os.chdir(here)
    return folder / "plain.zip"


@contextlib.contextmanager
def warm_process(folder: Path) -> Iterator[Callable[[], float]]:
    """A process in which the cells and probes that lie in `folder` have run once; each call has them run again, and returns their CPU seconds."""
    threads = {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0", "MPLBACKEND": "Agg"}
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("warm_process.py")), str(folder)],
        env=threads | {"PATH": "/usr/bin:/bin", "HOME": str(folder)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )

    def again() -> float:
        process.stdin.write("again\n")
        process.stdin.flush()
        return next(float(line.split()[1]) for line in process.stdout if line.startswith("seconds "))

    with process:
        again()
        yield again
        process.stdin.close()


def in_warm_process(folder: Path) -> list[float]:
    """CPU seconds of the cells and probes that lie in `folder`, five times in one warm process."""
    with warm_process(folder) as again:
        return [again() for _ in range(5)]


def notebook_without_demos(course: Course, name: str, path: Path) -> Path:
    """The solution as handed in, without its training for show, so that otter does not pay for what GradeTape skips."""
    notebook = nbformat.read(course.solution(name), as_version=4)
    notebook.cells = [cell for cell in notebook.cells if "demo" not in cell.metadata.get("tags", [])]
    nbformat.write(notebook, path)
    return path
