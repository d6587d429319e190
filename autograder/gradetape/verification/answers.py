"""The answer bank: answers whose truth is known, one file each, beside the suite that they examine."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_KEY = re.compile(r"(question|fails)\s*:\s*(.*)")


class BankError(Exception):
    """A file of the answer bank cannot be used; the message names it and says what to write."""


@dataclass(frozen=True)
class Answer:
    """One known answer to one question."""

    kind: Literal["right", "wrong"]
    question: str
    slug: str
    """what the file's name says after `<question>__`"""
    title: str
    """its docstring's first line: what was done, or which mistake was made"""
    fails: tuple[str, ...]
    """the tests that must fail; empty for a right answer"""
    source: str
    """the code that stands in the question's answer cell, without the file's docstring"""
    path: Path

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.question}__{self.slug}"


def read_answers(folder: Path, questions: Collection[str]) -> list[Answer]:
    """The bank in `folder`, right answers first, each kind in the order of its files' names.

    Raises BankError for a file whose name, docstring or code does not hold, or whose question is
    not among `questions`.
    """
    return [
        _read(path, kind, questions) for kind in ("right", "wrong") for path in sorted((folder / kind).glob("*.py"))
    ]


def _read(path: Path, kind: Literal["right", "wrong"], questions: Collection[str]) -> Answer:
    text = path.read_text(encoding="utf-8")
    try:
        module = ast.parse(text)
    except SyntaxError as error:
        raise BankError(f"{path}:{error.lineno}: not Python: {error.msg}") from error
    docstring = ast.get_docstring(module)
    if not docstring:
        raise BankError(f"{path}: begin it with a docstring: a line that says what it is, then `question: …`")
    title, keys = _parse(docstring)
    named, _, slug = path.stem.partition("__")
    if keys.get("question") != named or not slug:
        raise BankError(f"{path}: name it <question>__<what>.py, with the same question in its docstring")
    if named not in questions:
        raise BankError(f"{path}: no question {named!r}; the assignment has: {', '.join(questions)}")
    fails = tuple(keys.get("fails", "").replace(",", " ").split())
    if kind == "wrong" and not fails:
        raise BankError(f"{path}: a wrong answer names the tests that must catch it: `fails: test_…`")
    if kind == "right" and fails:
        raise BankError(f"{path}: a right answer fails nothing; drop `fails:` or move it to wrong/")
    source = "".join(text.splitlines(keepends=True)[module.body[0].end_lineno :]).strip("\n") + "\n"
    return Answer(kind, named, slug, title, fails, source, path)


def _parse(docstring: str) -> tuple[str, dict[str, str]]:
    """The first line, and the values of `question:` and `fails:`; a value goes on until a blank line or a key."""
    title, *rest = docstring.splitlines()
    keys: dict[str, str] = {}
    current = None
    for line in rest:
        if match := _KEY.match(line.strip()):
            current = match[1]
            keys[current] = match[2].strip()
        elif not line.strip():
            current = None
        elif current:
            keys[current] += " " + line.strip()
    return title.strip(), keys
