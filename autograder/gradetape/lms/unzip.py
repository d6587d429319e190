"""A class's zip: whether it is one, and unpacking it without trusting what is in it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from gradetape.submission.read import MAX_BYTES

_LITTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}


class NotUnpacked(Exception):
    """A zip cannot be unpacked; the message names it, the cause and the next step."""


def is_litter(name: str) -> bool:
    """What systems leave behind beside people's files."""
    return name.startswith(".") or name in _LITTER


def names_in(path: Path) -> list[PurePosixPath]:
    """The files in a zip that count; none if it is no zip that can be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_members(archive))
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return []  # one hand-in, which grading will describe


def unpack(path: Path, folder: Path) -> Path:
    """Unpack a class's zip. No file becomes larger than a hand-in may be.

    One byte more than that is kept, so that grading says that the file is too large. Raises NotUnpacked.
    """
    with zipfile.ZipFile(path) as archive:
        for inside, info in _members(archive).items():
            target = folder / inside
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(info) as source, open(target, "wb") as copy:
                    _copy(source, copy, MAX_BYTES + 1)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError) as error:
                raise NotUnpacked(f"{path}: {inside} cannot be unpacked ({error}); download the zip again") from error
    return folder


def tops(paths: Iterable[PurePosixPath]) -> list[str]:
    """The names that lie outermost."""
    return list(dict.fromkeys(path.parts[0] for path in paths))


def _members(archive: zipfile.ZipFile) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """The files that count, by where they go. A link is not followed: it is a file with the target's name in it."""
    files = {_inside(_name(info)): info for info in archive.infolist() if not info.is_dir()}
    return {path: info for path, info in files.items() if path.parts and not any(map(is_litter, path.parts))}


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name. Canvas and macOS write UTF-8 and do not say so; zipfile then takes it for an old code page."""
    try:
        return info.filename if info.flag_bits & 0x800 else info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _inside(name: str) -> PurePosixPath:
    """A member's name as a path that does not lead out of the folder it is unpacked in."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return PurePosixPath(*(part for part in parts if part not in ("/", "//", "..")))


def _copy(source, target, limit: int) -> None:
    while limit > 0 and (chunk := source.read(min(limit, 2**20))):
        limit -= target.write(chunk)
