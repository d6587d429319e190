"""What a TA names on the command line, as a list of hand-ins with a distinct student's name each."""

from __future__ import annotations

import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from gradetape.lms.people import Person
from gradetape.report import file_name
from gradetape.submission.read import MAX_BYTES

_LINK = "{} is a link, and may lead to another student's work or to the solution. Put the file itself in its place."
_LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}


class NothingToGrade(Exception):
    """A path holds no hand-ins; the message names it, the cause and the next step."""


@dataclass(frozen=True)
class HandIn:
    """One hand-in: a file, or a folder that a single student handed in."""

    path: Path
    student: str
    """from the file's or folder's name, made distinct within the batch, also as a file's name"""
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
    """The hand-ins in `paths`.

    A folder is a class: each file in it is a hand-in, and each folder in it is one student's. A zip with
    more than one notebook or zip in it is such a folder, unpacked below `scratch`. Anything else is one
    hand-in, whether or not it can be read: a file that is no notebook gets its row and reason too. So does a link
    in a class's folder, which is not followed.

    Raises NothingToGrade for a path that is not there, or holds nothing.
    """
    found: list[Path] = []
    links: set[Path] = set()
    for number, path in enumerate(paths):
        if not path.exists():
            raise NothingToGrade(f"{path}: no such file or folder; check the spelling")
        if path.is_dir():
            inside = list(_entries(path))
        elif _is_class_zip(path):
            inside = list(_entries(_sole_folder(_unpack(path, scratch / str(number)))))
        else:
            inside = [path]
        if not inside:
            raise NothingToGrade(f"{path}: holds no files; name the folder that the hand-ins lie in")
        found += inside
        links |= {p for p in inside if p.is_symlink() and p != path}
    return Collected(sorted(_distinct(dict.fromkeys(found), links), key=lambda h: h.student.casefold()))


def _entries(folder: Path) -> Iterator[Path]:
    return (p for p in sorted(folder.iterdir()) if not _is_litter(p.name))


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name in _LITTER


def _is_class_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(inside.suffix.lower() in (".ipynb", ".zip") for inside in _members(archive)) > 1
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False  # one hand-in, which grading will describe


def _members(archive: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The files that count, by where they go. A link is not followed: it is a file with the target's name in it."""
    files = {_inside(info.filename): info for info in archive.infolist() if not info.is_dir()}
    return {path: info for path, info in files.items() if not any(map(_is_litter, path.parts))}


def _inside(name: str) -> PurePosixPath:
    """A member's name as a path that does not lead out of the folder it is unpacked in."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "//", "..")))


def _unpack(path: Path, folder: Path) -> Path:
    """Unpack a class's zip. No file becomes larger than a hand-in may be.

    One byte more than that is kept, so that grading says that the file is too large.
    """
    with zipfile.ZipFile(path) as archive:
        for inside, info in _members(archive).items():
            target = folder / inside
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as source, open(target, "wb") as copy:
                    _copy(source, copy, MAX_BYTES + 1)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
                raise NothingToGrade(f"{path}: {inside} cannot be unpacked ({error}); download the zip again") from error
    return folder


def _copy(source, target, limit: int) -> None:
    while limit > 0 and (chunk := source.read(min(limit, 2**20))):
        limit -= target.write(chunk)


def _sole_folder(folder: Path) -> Path:
    """The folder inside, where a zip holds a whole class in one folder."""
    inside = list(_entries(folder))
    return inside[0] if len(inside) == 1 and inside[0].is_dir() and len(list(_entries(inside[0]))) > 1 else folder


def _distinct(paths: Iterable[Path], links: set[Path]) -> Iterator[HandIn]:
    """Hand-ins whose names differ even where a file system takes upper and lower case, or accents' spellings, for one."""
    taken: set[str] = set()
    for path in paths:
        name = unicodedata.normalize("NFC", path.name if path.is_dir() else path.stem)
        student, number = file_name(name), 1
        while student.casefold() in taken:
            number += 1
            student = f"{file_name(name)} ({number})"
        taken.add(student.casefold())
        yield HandIn(path, student, _LINK.format(path.name) if path in links else "")
