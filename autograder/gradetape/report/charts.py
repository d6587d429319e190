"""The numbers behind the staff report's pictures; `charts.html` draws them.

Places and widths are percent of a picture's width, so that a picture becomes narrower without its letters becoming
smaller. Each has its content in words for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .words import points

STATES = {
    "full": "full points",
    "part": "some points",
    "none": "no points",
    "missing": "not written yet",
    "waiting": "waits for the GPU",
    "unread": "not examined",
}
"""`words.state` in words, in the order in which they are stacked"""

_BINS = 10


@dataclass(frozen=True)
class Bin:
    """One bar of a histogram."""

    low: str
    """the points at its left edge"""
    count: int
    height: float
    """of the highest bar, 0 … 1"""


@dataclass(frozen=True)
class Histogram:
    """How many hand-ins have how many points."""

    bins: list[Bin]
    possible: str
    median: str
    median_at: float
    """percent"""
    words: str


@dataclass(frozen=True)
class Part:
    """One part of a bar."""

    state: str
    start: float
    width: float


@dataclass(frozen=True)
class Stack:
    """A bar of parts that together are the class."""

    parts: list[Part]
    words: str


def histogram(scores: Sequence[float], possible: float, median: float) -> Histogram:
    """Ten bars of equal width; the last holds full points as well."""
    counts = [0] * _BINS
    for score in scores:
        counts[min(_BINS - 1, max(0, int(_BINS * score / possible + 1e-9)))] += 1
    edges = [points(possible * place / _BINS) for place in range(_BINS + 1)]
    said = [f"{edges[n]} to {edges[n + 1]} points: {count}" for n, count in enumerate(counts) if count]
    return Histogram(
        bins=[Bin(edge, count, count / max(counts)) for edge, count in zip(edges, counts)],
        possible=edges[-1],
        median=points(median),
        median_at=min(100.0, max(0.0, 100 * median / possible)),
        words=f"Hand-ins by points. {'; '.join(said)}. The median is {points(median)} of {edges[-1]}.",
    )


def stack(states: Mapping[str, int]) -> Stack:
    """A class's states side by side."""
    total, start, parts = sum(states.values()), 0.0, []
    for state in STATES:
        if count := states.get(state, 0):
            width = 100 * count / total
            parts.append(Part(state, start, width))
            start += width
    return Stack(parts, ", ".join(f"{states[part.state]} {STATES[part.state]}" for part in parts))
