"""What a student wrote as the answer to each question, as text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .match import Released, match_cells
from .model import Submission

MAX_KEPT = 20_000
"""characters of one question's answer: ten times the longest that anyone has needed"""


def answers(submission: Submission, released: Sequence[Released], stubs: Collection[str]) -> dict[str, str]:
    """Question → the text of its answer cells, cut at MAX_KEPT characters; stubs that were left as released are left out.

    A cell that answers several questions counts for the one that it matches best. Nothing here needs to parse.
    """
    found: dict[str, list[str]] = {}
    for match in match_cells(submission.cells, released, stubs):
        if match.kind == "answer" and match.released and not match.untouched:
            question = next(tag.removeprefix("answer:") for tag in match.released.tags if tag.startswith("answer:"))
            found.setdefault(question, []).append(match.cell.source)
    return {question: _text("\n\n".join(sources)[:MAX_KEPT]) for question, sources in found.items()}


def _text(source: str) -> str:
    """The source without lone surrogates: bytes that are no text, which no JSON or database takes."""
    return source.encode(errors="replace").decode()
