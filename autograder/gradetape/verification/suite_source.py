"""A hidden suite's own text: which tests and assertions it holds, and what every suite must keep to."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ON_THE_WORKER_ONLY = {"tensorflow", "keras"}


@dataclass(frozen=True)
class Assertion:
    """One assertion in a suite's text."""

    file: str
    line: int
    end_line: int
    test: str
    """the function that it stands in"""
    source: str
    hint: bool
    """whether it says something to the student"""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


class SuiteSource:
    """The files of `tests/hidden/<name>/`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.files = sorted(folder.glob("test_*.py"))
        self._texts = {file: file.read_text(encoding="utf-8") for file in self.files}
        self._trees = {file: ast.parse(text, str(file)) for file, text in self._texts.items()}
        self._questions = {file: set(_questions(tree)) for file, tree in self._trees.items()}

    @property
    def shared(self) -> str:
        """Probes, and helpers that several files of tests may import."""
        return "".join(f.read_text(encoding="utf-8") for f in sorted(self.folder.glob("*.py")) if f not in self._texts)

    def text(self, question: str) -> str:
        """The files with the question's tests."""
        return "".join(text for file, text in self._texts.items() if question in self._questions[file])

    def tests(self, question: str) -> list[ast.FunctionDef]:
        return [t for file in self.files if question in self._questions[file] for t in _tests(self._trees[file])]

    def assertions(self, question: str) -> list[Assertion]:
        """The assertions in the files of a question, in their order; `as_array` and `get` only convert."""
        return [
            assertion
            for file in self.files
            if question in self._questions[file]
            for assertion in _assertions(file.name, self._texts[file], self._trees[file])
        ]

    def slips(self) -> Iterator[str]:
        """What breaks a rule that every suite keeps to, with the place."""
        for file, tree in self._trees.items():
            if not self._questions[file]:
                yield f'{file.name}: no question: begin with `pytestmark = question("…")`'
            for test in _tests(tree):
                if not ast.get_docstring(test):
                    yield f"{file.name}:{test.lineno}: {test.name} has no docstring: its first line is the title that people read"
            for node in ast.walk(tree):
                if isinstance(node, ast.Assert):
                    yield f"{file.name}:{node.lineno}: plain `assert`: use `check` or an `assert_…` of gradetape.suite, with a hint"
                for module in _imports(node):
                    if module.partition(".")[0] in _ON_THE_WORKER_ONLY:
                        yield f"{file.name}:{node.lineno}: imports {module}: a suite stays on the trusted side, with NumPy only"
            for assertion in _assertions(file.name, self._texts[file], tree):
                if not assertion.hint:
                    yield f"{assertion.where}: no hint: say to the student which idea is missing"


def _questions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == "question" and node.args:
            if isinstance(node.args[0], ast.Constant):
                yield node.args[0].value


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def _tests(tree: ast.Module) -> list[ast.FunctionDef]:
    return [function for function in _functions(tree) if function.name.startswith("test_")]


def _assertions(file: str, text: str, tree: ast.Module) -> Iterator[Assertion]:
    functions = _functions(tree)
    helpers = {function.name for function in functions}  # what these assert is counted in them
    for function in functions:
        for node in ast.walk(function):
            name = _name(node.func) if isinstance(node, ast.Call) else ""
            if name not in helpers and (name == "check" or name.startswith("assert_")):
                hint = any(keyword.arg in ("hint", None) for keyword in node.keywords)
                source = " ".join((ast.get_source_segment(text, node) or "").split())
                yield Assertion(file, node.lineno, node.end_lineno, function.name, source, hint)


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", getattr(function, "id", ""))
