"""Which code of a submission runs, and in what order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from .match import Match, Released, match_cells
from .model import PlannedCell, Submission
from .script import binds, definitions, pieces


def plan_cells(submission: Submission, released: Sequence[Released], stubs: Collection[str]) -> list[PlannedCell]:
    """What the worker runs of a submission, in order.

    Instructor cells (tagged `setup`) run as released: those before the first answer at the start, later ones before
    the answer that follows them, whether the student kept, moved or deleted them. A student's change to one runs too,
    and the released text after it. Cells tagged `demo` or `check` do not run; functions, classes and names of `stubs`
    that a student defined in one do. All else runs in the student's order, except that an untouched stub never comes
    after the answer to it.
    """
    matches = _stubs_before_answers(match_cells(submission.cells, released, stubs), stubs)
    places = _setup_places(released, matches)
    plan = [PlannedCell(number, setup.source, "released") for setup, number in places.get(-1, ())]
    for position, match in enumerate(matches):
        plan += [PlannedCell(number, setup.source, "released") for setup, number in places.get(position, ())]
        plan += [PlannedCell(match.cell.index, part, "student") for part in _parts(match, released, stubs)]
        if match.kind == "setup" and match.released and not match.untouched:
            plan.append(PlannedCell(match.cell.index, match.released.source, "released"))
    return plan + [PlannedCell(number, setup.source, "released") for setup, number in places.get(len(matches), ())]


def _stubs_before_answers(matches: list[Match], stubs: Collection[str]) -> list[Match]:
    """The student's order, except that a stub left as it was goes before the first answer to it."""
    ordered: list[Match] = []
    for match in matches:
        place = len(ordered)
        if match.kind == "answer" and match.untouched:
            place = next((p for p, other in enumerate(ordered) if _answers(other, match, stubs)), place)
        ordered.insert(place, match)
    return ordered


def _answers(match: Match, stub: Match, stubs: Collection[str]) -> bool:
    """Whether a cell answers a stub: a copy of its cell that was written in, or a cell meant for something else."""
    if match.untouched:
        return False
    if match.released is stub.released:
        return True
    names = [s for s in stubs if binds(stub.cell.source, s)]
    return match.kind != "answer" and any(binds(match.cell.source, n) for n in names)


def _setup_places(released: Sequence[Released], matches: list[Match]) -> dict[int, list[tuple[Released, int]]]:
    """For each position in the student's order, the released setup cells that run before it; -1: before all.

    A later setup cell runs where the student has it, and no later than the first cell that answers a question below it.
    With each goes the number of the student's cell that it stands for.
    """
    first_answer = next((r.place for r in released if r.kind == "answer"), float("inf"))
    places: dict[int, list[tuple[Released, int]]] = {}
    for setup in released:
        if setup.kind != "setup":
            continue
        own = [p for p, m in enumerate(matches) if m.released is setup]
        below = [p for p, m in enumerate(matches) if m.kind == "answer" and m.released.place > setup.place]
        place = -1 if setup.place < first_answer else min([*own, *below], default=len(matches))
        places.setdefault(place, []).append((setup, matches[own[0]].cell.index if own else 0))
    return places


def _parts(match: Match, released: Sequence[Released], stubs: Collection[str]) -> Iterator[str]:
    """What runs of one student's cell."""
    source = match.cell.source
    if match.untouched and match.kind != "answer":
        return
    if match.kind == "demo":
        new = definitions(_without(source, [match.released] if match.released else []), stubs)
        if new.strip():
            yield new
        return
    source = _without(source, [r for r in released if r.kind == "demo"])
    if sum(binds(source, s) for s in stubs) > 1 and not source.lstrip().startswith("%%"):
        # Several answers merged into one cell: what breaks one of them must not take the others along.
        yield from pieces(source)
    elif source.strip():
        yield source


def _without(source: str, demos: list[Released]) -> str:
    """The cell with the lines of any whole demo cell in it blanked, so that the others keep their line numbers."""
    lines = source.split("\n")
    stripped = [line.rstrip() for line in lines]
    for demo in demos:
        wanted = demo.text.split("\n")
        if wanted[0] not in stripped:
            continue
        for start in range(len(lines) - len(wanted) + 1):
            if stripped[start : start + len(wanted)] == wanted:
                lines[start : start + len(wanted)] = [""] * len(wanted)
    return "\n".join(lines)
