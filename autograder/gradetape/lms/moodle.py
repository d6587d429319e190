"""Moodle's "Download all submissions": folders `Ana López_12345_assignsubmission_file_/`, or files of such names.

The number is that of the participant in this assignment (in a team's, that of the team), the same as in the grading worksheet's column
Identifier. Moodle 4 leaves out the last underscore; what was typed into an editor lies in `…_onlinetext`. The naming is
that of Moodle's own `mod/assign/classes/downloader.php`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from .entry import Entry, Reading, Sent, choose, some
from .people import Person

_NAME = re.compile(r"(?P<name>.+?)(?:_(?P<number>\d+))?_assignsubmission_(?P<kind>[a-z]+)_?(?P<rest>.*)", re.DOTALL)


def recognises(names: Sequence[str]) -> bool:
    """Whether most of a folder's names are Moodle's."""
    return 2 * sum(bool(_NAME.fullmatch(name)) for name in names) > len(names)


def read(paths: Sequence[Path]) -> Reading:
    """The hand-ins among a folder's files and folders."""
    reading = Reading()
    parts: dict[tuple[str, str], list[tuple[re.Match, Path]]] = defaultdict(list)
    strange = []
    for path in paths:
        if match := _NAME.fullmatch(path.name):
            parts[match["name"], match["number"] or ""].append((match, path))
        else:
            strange.append(path)
    blind = len(parts) > 1 and len({name for name, _ in parts}) == 1  # all are called Participant, in Moodle's language
    for (name, number), found in parts.items():
        files = [part for part in found if part[0]["kind"] == "file"] or found
        folder = next((path for _, path in files if path.is_dir()), None)
        chosen = None if folder else choose([Sent(path, match["rest"]) for match, path in files])
        person = Person(name="" if blind else name, lms_id=number)
        reading.entries.append(
            Entry(folder or chosen.path, name, number, (person,), problem=chosen.problem if chosen else "")
        )
        if chosen and chosen.older:
            reading.notes.append(f"{name} handed in {chosen.older + 1} versions together: {chosen.path.name} counts")
    if strange:
        reading.entries += [Entry(path, path.name if path.is_dir() else path.stem) for path in strange]
        reading.notes.append(f"not named as Moodle names files, so whose they are is not known: {some([p.name for p in strange])}")
    return reading
