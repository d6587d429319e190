"""What a TA names on the command line, as a list of hand-ins: whose each is, when it came, and what there is to tell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

from gradetape.lms import canvas, gradescope, moodle
from gradetape.lms.entry import Entry, Reading, some
from gradetape.lms.match import match
from gradetape.lms.people import Person
from gradetape.lms.roster import known_of, read_roster
from gradetape.lms.unzip import NotUnpacked, is_litter, names_in, tops, unpack
from gradetape.report import file_name
from gradetape.report.words import clean

_LINK = "{} is a link, and may lead to another student's work or to the solution. Put the file itself in its place."
_SYSTEMS = {"gradescope": gradescope, "moodle": moodle, "canvas": canvas}
"""each recognises its exports and reads them; the first that recognises one reads it"""
_EARLIEST = datetime.min.replace(tzinfo=UTC)


class NothingToGrade(Exception):
    """A path holds no hand-ins; the message names it, the cause and the next step."""


@dataclass(frozen=True)
class HandIn:
    """One hand-in: a file, or a folder that a single student, or a group, handed in."""

    path: Path
    student: str
    """from the file's name or what the export calls them, made distinct within the batch, also as a file's name"""
    problem: str = ""
    """why it is not to be opened at all"""
    people: tuple[Person, ...] = ()
    """who handed it in: several for a group"""
    submitted: datetime | None = None
    """aware"""
    late: timedelta = timedelta(0)
    """after the due time, as the LMS says; grace not yet taken off"""


@dataclass(frozen=True)
class Collected:
    """A class's hand-ins and what there is to know before they are graded."""

    hand_ins: list[HandIn]
    """sorted by student"""
    source: str = "folder"
    """gradescope, canvas, moodle or folder"""
    missing: list[Person] = field(default_factory=list)
    """on the roster, with nothing handed in"""
    notes: list[str] = field(default_factory=list)
    """which version counts, what could not be matched, who is not on the roster"""


def collect(paths: Iterable[Path], scratch: Path, roster: Path | None = None) -> Collected:
    """The hand-ins in `paths`; `roster` fills in names and tells who is missing.

    An export of Gradescope, Canvas or Moodle, as the zip or unpacked, is read for what it is. Any other folder is a
    class: each file in it is a hand-in, and each folder in it is one student's. A zip with more than one notebook or zip
    in it is such a folder, unpacked below `scratch`. Anything else is one hand-in, whether or not it can be read: a file
    that is no notebook gets its row and reason too. So does a link in a class's folder, which is not followed.

    A student's key comes from the hand-ins alone: it is the same with and without a roster. Of a person's several
    hand-ins the newest counts, if the system says when each came, else the one named last.

    Raises NothingToGrade for a path that is not there or holds nothing, RosterError for a roster that cannot be used.
    """
    listed = read_roster(roster) if roster else None
    reading, sources = Reading(), set()
    for number, path in enumerate(paths):
        source, found = _read(path, scratch / str(number))
        if not found.entries:
            why = "".join(f"; {note}" for note in found.notes)
            raise NothingToGrade(f"{path}: holds no hand-ins{why}; name the folder or zip that they lie in")
        sources.add(source)
        reading.entries += found.entries
        reading.notes += found.notes
    entries = list({entry.path: entry for entry in map(_clean, reading.entries)}.values())
    entries = _newest(entries, reading.notes)
    keys = _distinct(entries)
    missing: list[Person] = []
    if listed:
        entries, missing = match(entries, listed, reading.notes)
    hand_ins = [HandIn(e.path, key, e.problem, e.people, e.submitted, e.late) for e, key in zip(entries, keys, strict=True)]
    source = sources.pop() if len(sources) == 1 else "folder"
    return Collected(sorted(hand_ins, key=lambda h: h.student.casefold()), source, missing, reading.notes)


def _read(path: Path, scratch: Path) -> tuple[str, Reading]:
    """What kind of thing a path is, and what is in it."""
    if not path.exists():
        raise NothingToGrade(f"{path}: no such file or folder; check the spelling")
    if path.is_dir():
        return _folder(path)
    inside = names_in(path)
    sole = _below(inside)
    notebooks = sum(name.suffix.lower() in (".ipynb", ".zip") for name in inside)
    if not (notebooks > 1 or _system(tops(inside)) or _system(tops(sole))):
        return "folder", Reading([Entry(path, path.stem)])
    try:
        folder = unpack(path, scratch)
    except NotUnpacked as error:
        raise NothingToGrade(str(error)) from error
    if _system(tops(inside)):
        return _folder(folder)
    return _folder(folder / inside[0].parts[0] if len(tops(sole)) > 1 or _system(tops(sole)) else folder)


def _below(names: Sequence[PurePosixPath]) -> list[PurePosixPath]:
    """What lies in the folder inside, where a zip holds everything in one folder; else nothing."""
    if len({name.parts[0] for name in names}) != 1:
        return []
    return [name.relative_to(name.parts[0]) for name in names if len(name.parts) > 1]


def _folder(folder: Path) -> tuple[str, Reading]:
    paths = [path for path in sorted(folder.iterdir()) if not is_litter(path.name)]
    links = {path for path in paths if path.is_symlink()}
    source = _system([path.name for path in paths])
    if source:
        reading = _SYSTEMS[source].read(paths)
    else:
        reading = Reading([Entry(path, path.name if path.is_dir() else path.stem) for path in paths])
    reading.entries = [replace(e, problem=_LINK.format(e.path.name)) if e.path in links else e for e in reading.entries]
    return source or "folder", reading


def _system(names: Sequence[str]) -> str:
    return next((name for name, system in _SYSTEMS.items() if names and system.recognises(names)), "")


def _clean(entry: Entry) -> Entry:
    """An entry whose names can be written anywhere: no control characters, no halves of characters, one spelling of accents."""
    people = tuple(Person(*(_text(part) for part in (p.name, p.email, p.sid, p.lms_id))) for p in entry.people)
    return replace(entry, name=_text(entry.name), tag=_text(entry.tag), people=people)


def _text(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(clean(text).split()))


def _newest(entries: Sequence[Entry], notes: list[str]) -> list[Entry]:
    """The entries that count: who has a newer one is no longer among an older one's people, and where nobody is left, it goes."""
    counting: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda e: e.submitted or _EARLIEST):
        counting |= dict.fromkeys(known_of(entry.people), entry)
    kept = []
    for entry in entries:
        left = tuple(p for p in entry.people if not known_of([p]) or counting[known_of([p])[0]] is entry)
        if entry.people and not left:
            newer = counting[known_of([entry.people[0]])[0]]
            notes.append(f"{entry.name} handed in more than once: {newer.path.name} counts, {entry.path.name} does not")
            continue
        if gone := [p.label for p in entry.people if p not in left]:
            notes.append(f"{some(gone)} handed in again after {entry.path.name}: the newer hand-in counts for them")
        kept.append(replace(entry, people=left))
    return kept


def _distinct(entries: Sequence[Entry]) -> list[str]:
    """Keys that differ even where a file system takes upper and lower case, or accents' spellings, for one.

    Namesakes that the export can tell apart keep what tells them apart in their keys, so that a key means the same
    person whoever else hands in.
    """
    names = [file_name(entry.name) for entry in entries]
    often = Counter(name.casefold() for name in names)
    return list(_numbered(
        file_name(f"{name} ({entry.tag})") if entry.tag and often[name.casefold()] > 1 else name
        for name, entry in zip(names, entries, strict=True)
    ))


def _numbered(names: Iterable[str]) -> Iterator[str]:
    taken: set[str] = set()
    for name in names:
        student, number = name, 1
        while student.casefold() in taken:
            number += 1
            student = f"{name} ({number})"
        taken.add(student.casefold())
        yield student
