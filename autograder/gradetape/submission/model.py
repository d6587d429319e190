"""A hand-in as the rest of the kit sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


class UnreadableSubmission(Exception):
    """A hand-in that holds nothing to grade.

    `reason` says what is wrong and `next_step` what to do about it, each in a plain sentence.
    """

    def __init__(self, reason: str, next_step: str):
        super().__init__(f"{reason} {next_step}")
        self.reason, self.next_step = reason, next_step


@dataclass(frozen=True)
class SubmittedCell:
    """A code cell as it was handed in."""

    index: int
    """its place among all cells of the notebook, text cells included, from 1"""
    source: str
    """its text with plain newlines; nothing says that it parses"""
    tags: tuple[str, ...] = ()
    cell_id: str = ""


@dataclass(frozen=True)
class Submission:
    """A hand-in's code cells, in the student's order."""

    name: str
    """the file's or folder's name as it was handed in"""
    student: str
    """who handed it in, as far as the name tells"""
    sha256: str
    """of the hand-in's bytes"""
    cells: tuple[SubmittedCell, ...]
    notes: tuple[str, ...] = ()
    """what was mended or is odd, for staff"""
    assignment: str = ""
    """the assignment that the notebook's metadata names, if any"""


@dataclass(frozen=True)
class PlannedCell:
    """A piece of code for the worker to run."""

    number: int
    """the student's cell that it comes from or stands for, from 1; 0 for a released cell that the student deleted"""
    source: str
    origin: Literal["student", "released"]
