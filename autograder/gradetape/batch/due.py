"""Which hand-ins a run has to grade: those without a grade, and those that somebody wants graded again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .gradebook import Gradebook, Standing
from .hand_ins import HandIn

_TELLING = ("suite", "solution", "config")
"""what a grade depends on that a course's staff change"""


@dataclass(frozen=True)
class Due:
    """What is to be graded now, and what is said of the rest."""

    hand_ins: list[HandIn]
    kept: int
    """graded already, and left at that"""
    outdated: int
    """of those, how many were graded with another suite, solution or configuration"""


def find_due(book: Gradebook, hand_ins: Sequence[HandIn], tier: str, regrade: str, now: dict[str, str]) -> Due:
    """Those not graded in this tier, and those that `regrade` names: all, failed, changed or a student; "" for none.

    A hand-in that differs from the one graded is not graded. `now` is what grades would be given with. Raises
    GradebookError for a student whom the gradebook does not know.
    """
    standings, ordinary = book.standings(tier), book.standings("cpu")
    student = book.find(regrade) if regrade not in ("", "all", "failed", "changed") else ""

    def wanted(hand_in: HandIn) -> bool:
        standing = standings.get(hand_in.student)
        if standing is None:
            return True
        outdated = _outdated(standing, now)
        return hand_in.student == student or {"all": True, "failed": standing.failed, "changed": outdated}.get(regrade, False)

    able = [hand_in for hand_in in hand_ins if tier == "cpu" or _waits(ordinary.get(hand_in.student))]
    due = [hand_in for hand_in in able if wanted(hand_in)]
    taken = {hand_in.student for hand_in in due}
    rest = [standings[hand_in.student] for hand_in in able if hand_in.student not in taken]
    return Due(due, len(rest), sum(_outdated(standing, now) for standing in rest))


def _waits(ordinary: Standing | None) -> bool:
    """Whether the gpu tier has anything to do for a hand-in: one that nobody has graded may have."""
    return ordinary is None or ordinary.waits


def _outdated(standing: Standing, now: dict[str, str]) -> bool:
    return bool(standing.versions) and any(standing.versions.get(key) != now.get(key) for key in _TELLING)
