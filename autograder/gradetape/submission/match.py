"""Finding again which released cell each cell of a hand-in was, whatever an editor or a student did to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Any, Literal

from .model import SubmittedCell
from .script import binds

Kind = Literal["setup", "demo", "answer"]

SIMILAR = 0.75
"""share of words in common from which an edited cell that has lost its tag is taken for the released one"""
_MAX_WORDS = 800  # comparing takes time with the square of this


@dataclass(frozen=True, eq=False)
class Released:
    """A code cell of the released notebook; cells tagged `check` count as demo."""

    place: int
    kind: Kind
    source: str
    text: str
    words: list[str]
    cell_id: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Match:
    """A student's cell, and the released cell that it was, if any."""

    cell: SubmittedCell
    kind: Kind | None
    released: Released | None
    untouched: bool
    """whether its text is the released text"""


def released_cells(released: Mapping[str, Any]) -> list[Released]:
    """The released notebook's code cells that have a part in grading."""
    found = []
    for place, cell in enumerate(released["cells"]):
        tags = tuple(cell["metadata"].get("tags", []))
        kind = _kind(tags)
        if cell["cell_type"] == "code" and kind:
            text = normal(cell["source"])
            found.append(Released(place, kind, cell["source"], text, _words(text), cell.get("id", ""), tags))
    return found


def _kind(tags: Collection[str]) -> Kind | None:
    if any(t.startswith("answer:") for t in tags):
        return "answer"
    if "demo" in tags or "check" in tags:
        return "demo"
    return "setup" if "setup" in tags else None


def normal(source: str) -> str:
    """The text without what editors change: spaces at lines' ends, empty lines around it."""
    return "\n".join(line.rstrip() for line in source.replace("\r\n", "\n").strip().split("\n"))


def match_cells(cells: Sequence[SubmittedCell], released: Sequence[Released], stubs: Collection[str]) -> list[Match]:
    """A match for each cell, in order."""
    return [_match(cell, released, stubs) for cell in cells]


def _match(cell: SubmittedCell, released: Sequence[Released], stubs: Collection[str]) -> Match:
    text = normal(cell.source)
    found = (
        next((r for r in released if r.text == text), None)
        or next((r for r in released if cell.cell_id and r.cell_id == cell.cell_id), None)
        or _by_answer(cell, released, stubs)
        or _by_likeness(text, released)
    )
    if found:
        return Match(cell, found.kind, found, found.text == text)
    # A tag alone: a part of a released cell that was split.
    return Match(cell, "demo" if _kind(cell.tags) == "demo" else None, None, False)


def _by_answer(cell: SubmittedCell, released: Sequence[Released], stubs: Collection[str]) -> Released | None:
    """The answer cell that defines the same names; where several do, the one with the cell's tag, or the likest."""
    names = [s for s in stubs if binds(cell.source, s)]
    candidates = [r for r in released if r.kind == "answer" and any(binds(r.source, n) for n in names)]
    tagged = [r for r in candidates if set(r.tags) & set(cell.tags)]
    words = _words(normal(cell.source))
    return max(tagged or candidates, key=lambda r: _common(words, r.words), default=None)


def _by_likeness(text: str, released: Sequence[Released]) -> Released | None:
    words = _words(text)
    likeness = [(_likeness(words, r.words), r) for r in released if r.kind != "answer"]
    best, found = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
    return found if best >= SIMILAR else None


def _words(text: str) -> list[str]:
    return [word[0] for word in islice(re.finditer(r"\w+|[^\w\s]", text), _MAX_WORDS)]


def _common(a: list[str], b: list[str]) -> float:
    """The share of words that two texts have in common, in whatever order."""
    return 2 * sum((Counter(a) & Counter(b)).values()) / (len(a) + len(b)) if a and b else 0.0


def _likeness(a: list[str], b: list[str]) -> float:
    if _common(a, b) < SIMILAR:  # an upper bound, much faster
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()
