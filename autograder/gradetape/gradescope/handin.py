"""Keeping a hand-in's files away from otter, which imports, unpickles and overwrites what it finds beside a notebook."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from gradetape.submission import UnreadableSubmission, read_submission


def take_away(folder: Path, keep: set[str] = frozenset()) -> Path:
    """Move all that lies in a folder, but for the names in `keep`, into a private one, and return that.

    Links are moved as links and never followed. The new folder lies beside the old, so that moving is renaming.
    """
    private = Path(tempfile.mkdtemp(prefix="handin-", dir=folder.resolve().parent)) / "submission"
    private.mkdir()
    for entry in list(os.scandir(folder)):
        if entry.name not in keep:
            shutil.move(entry.path, private / entry.name)
    return private


def empty_notebook(assignment: str) -> NotebookNode:
    """What otter runs in place of the hand-in."""
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "otter": {"assignment_name": assignment},
    }
    return nbformat.v4.new_notebook(metadata=metadata)


def printable_notebook(handin: Path, assignment: str) -> NotebookNode:
    """The hand-in's code, for otter's PDF: written anew, so that nothing but text is in it.

    A page of HTML or raw LaTeX would be rendered outside of the sandbox and could show the grader's files.
    """
    notebook = empty_notebook(assignment)
    try:
        cells = read_submission(handin).cells
    except UnreadableSubmission as error:
        notebook.cells.append(nbformat.v4.new_markdown_cell(error.reason))
    else:
        notebook.cells += [nbformat.v4.new_code_cell(cell.source) for cell in cells]
    return notebook
