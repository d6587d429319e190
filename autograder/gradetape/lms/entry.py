"""What an export says of one hand-in, and which file counts where there are several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from gradetape.submission.archive import KINDS

from .people import Person

_COPY = re.compile(r"(?:-\d+|\s*\(\d+\))+(?=\.[^.]*$)")  # vae-1.ipynb, vae (2).ipynb: systems and browsers number copies


@dataclass(frozen=True)
class Entry:
    """One hand-in as an export has it."""

    path: Path
    name: str
    """what to call whoever handed it in"""
    tag: str = ""
    """what tells them from another of that name: a university number, an address, the system's number for them"""
    people: tuple[Person, ...] = ()
    submitted: datetime | None = None
    late: timedelta = timedelta(0)
    problem: str = ""


@dataclass
class Reading:
    """An export: its hand-ins, and what is to be told of it."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Sent(NamedTuple):
    """One of the files that someone handed in together."""

    path: Path
    name: str
    """as the student called it"""
    order: int = 0
    """larger for what came later"""


class Chosen(NamedTuple):
    """The file that counts."""

    path: Path
    problem: str = ""
    """why none does, although there are some"""
    older: int = 0
    """how many earlier versions of it lie beside it"""


def choose(files: Sequence[Sent]) -> Chosen:
    """The one notebook (else script, else zip) among `files`; of numbered copies of one, the latest."""
    latest_first = sorted(files, key=lambda sent: (sent.order, sent.name), reverse=True)
    for kind in KINDS:
        found = [sent for sent in latest_first if sent.name.lower().endswith(kind)]
        if len({_COPY.sub("", sent.name).casefold() for sent in found}) > 1:
            listed = some(sorted(sent.name for sent in found))
            return Chosen(found[0].path, f"Handed in {len(found)} files that may be meant: {listed}. Grade the right one by itself.")
        if found:
            return Chosen(found[0].path, older=len(found) - 1)
    return Chosen(latest_first[0].path)  # nothing to grade; grading says what it is instead


def some(names: Sequence[str], most: int = 5) -> str:
    """The first of some names, and how many more there are."""
    shown = ", ".join(names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
