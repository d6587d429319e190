"""A master notebook in percent format, as a notebook whose code cells say what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
import yaml
from nbformat import NotebookNode

_MARK = re.compile(r"#\s+(?P<what>(?:begin|end)\s+\w+|assignment\s+config)\s*$", re.IGNORECASE)


class MasterError(Exception):
    """A master notebook that otter could not turn into a release; the message names the file and the place."""


def read_master(path: Path) -> NotebookNode:
    """Read a master notebook and tag its code cells.

    Cells in a solution block get `answer:<question>`, those tagged `demo` keep that, all others but the tests get
    `setup`. Raises MasterError for a missing file, marks that do not fit together, or no assignment configuration.
    """
    try:
        notebook = jupytext.read(path, fmt="py:percent")
    except FileNotFoundError:
        raise MasterError(f"{path}: missing; a master notebook is a Python file in percent format") from None
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    blocks: list[str] = []
    question = ""
    for number, cell in enumerate(notebook.cells, 1):
        mark = cell_mark(cell)
        if mark == "assignment config":
            continue
        if mark:
            side, block = mark.split()
            _open_or_close(blocks, side, block, f"{path}: cell {number}")
            question = _question_name(cell, path, number) if mark == "begin question" else question
        elif cell.cell_type == "code" and "tests" not in blocks:
            tags = cell.metadata.setdefault("tags", [])
            if "solution" in blocks or "prompt" in blocks:
                tags.append(f"answer:{question}")
            elif "demo" not in tags and "setup" not in tags:
                tags.append("setup")
    if blocks:
        raise MasterError(f"{path}: the {blocks[-1]} block is not ended")
    assignment_config(notebook, path)
    return notebook


def cell_mark(cell: NotebookNode) -> str:
    """Otter's mark on a raw cell, in small letters: `begin question`, `end tests`, `assignment config`; else empty."""
    match = _MARK.match(cell.source.split("\n", 1)[0]) if cell.cell_type == "raw" else None
    return " ".join(match["what"].lower().split()) if match else ""


def assignment_config(notebook: NotebookNode, path: Path) -> tuple[NotebookNode, dict]:
    """The cell that configures the assignment, and what stands in it."""
    for cell in notebook.cells:
        if cell_mark(cell) == "assignment config":
            return cell, _yaml(cell, path, "the assignment's configuration")
    raise MasterError(f"{path}: no raw cell begins with `# ASSIGNMENT CONFIG`")


def questions(notebook: NotebookNode) -> Iterator[str]:
    """The names of a master's questions, in order."""
    for cell in notebook.cells:
        if cell_mark(cell) == "begin question":
            yield yaml.safe_load(cell.source)["name"]


def _question_name(cell: NotebookNode, path: Path, number: int) -> str:
    name = _yaml(cell, path, f"cell {number}").get("name")
    if not isinstance(name, str) or not name.isidentifier():
        raise MasterError(f"{path}: cell {number}: a question needs `name:`, of letters, digits and underscores")
    return name


def _open_or_close(blocks: list[str], side: str, block: str, place: str) -> None:
    if side == "begin":
        blocks.append(block)
    elif not blocks or blocks.pop() != block:
        raise MasterError(f"{place}: `# END {block.upper()}` without its beginning")


def _yaml(cell: NotebookNode, path: Path, what: str) -> dict:
    try:
        content = yaml.safe_load(cell.source)
    except yaml.YAMLError as error:
        raise MasterError(f"{path}: {what} is not YAML: {error}") from error
    return content if isinstance(content, dict) else {}
