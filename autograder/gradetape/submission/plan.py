"""Which code of a submission runs, and in what order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from nbformat import NotebookNode

from .model import PlannedCell, Submission, SubmittedCell
from .script import binds, definitions, parse, pieces

Kind = Literal["setup", "demo", "answer"]

SIMILAR = 0.75
"""share of words in common from which an edited cell that has lost its tag is taken for the released one"""
MAX_WORDS = 2_000


@dataclass(frozen=True)
class _Released:
    place: int
    kind: Kind
    source: str
    text: str
    words: list[str]
    cell_id: str


def plan_cells(submission: Submission, released: NotebookNode, stubs: Collection[str]) -> list[PlannedCell]:
    """What the worker runs of a submission, in order.

    Instructor cells (tagged `setup`) run as released: those before the first answer at the start, later ones before
    the answer that follows them, whether the student kept, moved or deleted them. A student's change to one runs too,
    and the released text after it. Cells tagged `demo` or `check` do not run; functions, classes and names of `stubs`
    that a student defined in one do. All else runs in the student's order, except that an untouched stub never comes
    after the answer to it.
    """
    cells = _released_cells(released)
    matches = [(cell, _match(cell, cells)) for cell in submission.cells]
    first_answer = next((c.place for c in cells if c.kind == "answer"), len(released.cells))
    places = _setup_places(cells, matches, first_answer)
    answered = {s for cell, match in matches for s in stubs if binds(cell.source, s) and not _same(cell, match)}

    stub_cells, plan = [], []
    for position, (cell, match) in enumerate(matches):
        plan += [PlannedCell(number, setup.source, "released") for setup, number in places.get(position, ())]
        for part in _parts(cell, match, cells, stubs):
            planned = PlannedCell(cell.index, part, "student")
            untouched = match and match.kind == "answer" and _same(cell, match)
            if untouched and any(binds(cell.source, s) for s in answered):
                stub_cells.append(planned)
            else:
                plan.append(planned)
        if match and match.kind == "setup" and not _same(cell, match):
            plan.append(PlannedCell(cell.index, match.source, "released"))
    plan += [PlannedCell(number, setup.source, "released") for setup, number in places.get(len(matches), ())]

    leading = [PlannedCell(number, setup.source, "released") for setup, number in places.get(-1, ())]
    return leading + stub_cells + plan


def _released_cells(released: NotebookNode) -> list[_Released]:
    found = []
    for place, cell in enumerate(released.cells):
        tags = cell.metadata.get("tags", [])
        kind = next((k for t, k in (("demo", "demo"), ("check", "demo"), ("setup", "setup")) if t in tags), None)
        if any(t.startswith("answer:") for t in tags):
            kind = "answer"
        if cell.cell_type == "code" and kind:
            text = _normal(cell.source)
            found.append(_Released(place, kind, cell.source, text, _words(text), cell.get("id", "")))
    return found


def _normal(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.replace("\r\n", "\n").strip().split("\n"))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)[:MAX_WORDS]


def _same(cell: SubmittedCell, match: _Released | None) -> bool:
    return match is not None and _normal(cell.source) == match.text


def _match(cell: SubmittedCell, released: list[_Released]) -> _Released | None:
    """The released cell that a student's cell was: by its text, its id, or its likeness."""
    text = _normal(cell.source)
    for candidate in released:
        if candidate.text == text:
            return candidate
    for candidate in released:
        if cell.cell_id and candidate.cell_id == cell.cell_id:
            return candidate
    words = _words(text)
    likeness = [(_likeness(words, r.words), r) for r in released if r.kind != "answer"]
    best, candidate = max(likeness, key=lambda pair: pair[0], default=(0, None))
    return candidate if best >= SIMILAR else None


def _likeness(a: list[str], b: list[str]) -> float:
    common = sum((Counter(a) & Counter(b)).values())  # a bound on what the slow comparison can give
    if not a or not b or 2 * common / (len(a) + len(b)) < SIMILAR:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _setup_places(
    released: list[_Released], matches: list[tuple[SubmittedCell, _Released | None]], first_answer: int
) -> dict[int, list[tuple[_Released, int]]]:
    """For each position in the student's order, the released setup cells that run before the cell there; -1: first.

    A later setup cell runs where the student has it, and no later than the first cell that answers a question below it.
    """
    places: dict[int, list[tuple[_Released, int]]] = {}
    for setup in released:
        if setup.kind != "setup":
            continue
        own = [p for p, (_, match) in enumerate(matches) if match is setup]
        below = [p for p, (_, m) in enumerate(matches) if m and m.kind == "answer" and m.place > setup.place]
        place = -1 if setup.place < first_answer else min([*own, *below], default=len(matches))
        number = matches[own[0]][0].index if own else 0
        places.setdefault(place, []).append((setup, number))
    return places


def _parts(
    cell: SubmittedCell, match: _Released | None, released: list[_Released], stubs: Collection[str]
) -> Iterator[str]:
    """What runs of one student's cell."""
    is_demo = match.kind == "demo" if match else bool({"demo", "check"} & set(cell.tags))
    if match and match.kind != "answer" and _same(cell, match):
        return
    if is_demo:
        new = definitions(_without(cell.source, [match] if match else []), stubs)
        if new.strip():
            yield new
        return
    source = _without(cell.source, [r for r in released if r.kind == "demo"])
    if sum(binds(source, s) for s in stubs) > 1 and not source.lstrip().startswith("%%"):
        # Several answers merged into one cell: what breaks one of them must not take the others along.
        yield from pieces(source)
    elif source.strip():
        yield source


def _without(source: str, demos: list[_Released]) -> str:
    """The cell with the lines of any whole demo cell in it blanked, so that the others keep their line numbers."""
    lines = source.split("\n")
    stripped = [line.rstrip() for line in lines]
    for demo in demos:
        wanted = demo.text.split("\n")
        for start in range(len(lines) - len(wanted) + 1):
            if stripped[start : start + len(wanted)] == wanted:
                lines[start : start + len(wanted)] = [""] * len(wanted)
    return "\n".join(lines)
