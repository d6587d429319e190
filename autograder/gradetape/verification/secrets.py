"""Nothing that a student must not see is in the student's folder, or in the reach of code in a worker."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

from gradetape.sandbox import locks
from gradetape.sandbox.client import Worker

from .crew import Crew
from .examination import Examination
from .findings import Finding

_TELLING = 20
"""letters that a line needs to give anything away"""
_COMMON = ("import ", "from ", "def ", "class ", "@", "super().", "return self.", "with tf.GradientTape", "# ", "for _ in range(", "pytestmark")
"""how lines begin that many notebooks share"""
_SPY = Path(__file__).with_name("spy.py")


def check(exam: Examination, crew: Crew) -> Finding:
    """Search the student's folder line by line, and let a locked worker try to read what it must not."""
    secrets = dict(_secrets(exam))
    released = _plain("\n".join(_texts(exam.course.student_folder(exam.name))))
    problems = [
        f"a line of {where} is in {exam.course.student_folder(exam.name).relative_to(exam.course.root)}: {line}"
        for line, where in secrets.items()
        if line in released
    ]
    shown_to_workers = {f"probes of {exam.name}": exam.course.suite(exam.name) / "probes.py", "the doubles": exam.course.doubles()}
    solution = [line for line, where in secrets.items() if where.startswith("the solution")]
    for name, file in shown_to_workers.items():
        text = _plain(file.read_text(encoding="utf-8")) if file.is_file() else ""
        problems += [f"{name} hold a line of the solution, and student code can read them: {line}" for line in solution if line in text]
    reached, notes = _reach(exam, crew), []
    missing = [lock.name for lock in locks.missing()]
    if missing:
        notes.append(f"without {', '.join(missing)} on this machine a worker reads: {', '.join(reached) or 'nothing of this'}")
    else:
        problems += [f"code in a worker could reach {what}" for what in reached]
    return Finding("Secrets", f"{len(secrets)} secret lines are in no released file; a worker reaches none of the hidden files", problems, notes)


def _secrets(exam: Examination) -> Iterator[tuple[str, str]]:
    """Lines that give something away, and where they stand."""
    for question, source in exam.notebooks.answers.items():
        given = _lines(exam.notebooks.stubs[question])
        yield from ((line, f"the solution of {question}") for line in _lines(source) - given)
    # A right answer may repeat what the notebook gives: a class that it begins, a helper.
    shown = _lines("\n".join(cell["source"] for cell in exam.notebooks.released["cells"] if cell["cell_type"] == "code"))
    for case in exam.of_kind("right"):
        yield from ((line, case.id) for line in _lines(case.source) - shown)
    for case in exam.of_kind("wrong"):  # a notebook may show a wrong turn, but not say which ones are caught
        yield from ((line, case.id) for line in _lines(case.title))
    for file in exam.suite.files:
        text = file.read_text(encoding="utf-8")
        yield from ((line, f"the hidden {file.name}") for line in _lines(text) | {_plain(hint) for hint in _hints(text)})


def _lines(text: str) -> set[str]:
    lines = {_plain(line) for line in text.splitlines()}
    return {line for line in lines if len(line) >= _TELLING and not line.startswith(_COMMON)}


def _plain(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _hints(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg == "hint" and isinstance(node.value, ast.Constant) and node.value.value:
            yield node.value.value


def _texts(folder: Path) -> Iterator[str]:
    """All text in a folder's files; of a notebook its cells, outputs and metadata as a reader sees them."""
    for file in sorted(f for f in folder.rglob("*") if f.is_file()):
        text = file.read_bytes().decode("utf-8", "ignore")
        yield from _strings(json.loads(text)) if file.suffix == ".ipynb" else [text]


def _strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        joined = all(isinstance(each, str) for each in value)
        yield from ["".join(value)] if joined else (text for each in value for text in _strings(each))


def _reach(exam: Examination, crew: Crew) -> list[str]:
    """What a worker that runs the released notebook can lay its hands on."""
    course, name = exam.course, exam.name
    folders = [course.suite(name), course.answers(name), course.solution(name).parent, course.master(name).parent, course.cache()]
    files = [course.solution(name), course.master(name), *exam.suite.files, *course.answers(name).rglob("*.py"), *course.cache().rglob("*")]
    with Worker(crew.zygote.path, course.limits(name)) as worker:
        worker.install("spy", _SPY.read_text(encoding="utf-8"))
        found = worker.call("what_is_in_reach", ([str(p) for p in (*folders, *files)],), {}, seed=0)
    return [str(Path(p).relative_to(course.root)) if p.startswith(str(course.root)) else p for p in found]
