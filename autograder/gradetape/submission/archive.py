"""The one notebook or script in a folder or a zip. Zips are read in memory, and only that member of them."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from .model import UnreadableSubmission

KINDS = (".ipynb", ".py", ".zip")
"""what to look for, the first kind that is there: a notebook goes before a helper script beside it"""
MAX_DIRECTORY = 8 * 2**20
"""bytes of a zip's list of members: some 80,000 files"""
MAX_FILES = 20_000
ZIP_AGAIN = "Hand in the .ipynb file itself, or zip it again."


def open_regular(path: Path, *, follow: bool) -> BinaryIO:
    """Open a plain file for reading; raises OSError for a link unless `follow`, and for pipes and devices.

    In a folder that a student made, a link may point at the grader's own files.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | (0 if follow else os.O_NOFOLLOW))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is not a plain file", str(path))
    return os.fdopen(descriptor, "rb")


def find_in_folder(folder: Path) -> Path:
    """The folder's only notebook, script or zip, in this order; links are not followed.

    Raises UnreadableSubmission if there is none, or more than one of the first kind found.
    """
    files: list[str] = []
    for where, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if _counts(PurePosixPath(f))]
        relative = os.path.relpath(where, folder)
        files += [os.path.normpath(os.path.join(relative, n)) for n in names if _is_plain(os.path.join(where, n))]
        if len(files) > MAX_FILES:
            break
    return folder / _the_one(files, f"The folder {folder.name}", "Leave only the notebook to be graded in it.")


def find_in_zip(archive: BinaryIO, name: str) -> tuple[str, BinaryIO]:
    """The name and the bytes, as a stream, of a zip's only notebook or script.

    Raises UnreadableSubmission if there is none or more than one, or the zip is broken, encrypted, or too large.
    """
    _refuse_huge_directory(archive, name)
    try:
        zipped = zipfile.ZipFile(archive)
        members = {info.filename: info for info in zipped.infolist() if not _is_link(info) and not info.is_dir()}
        chosen = _the_one(members, name, "Zip only the notebook to be graded.", KINDS[:2])
        if members[chosen].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableSubmission(f"{name} is compressed in an unusual way.", ZIP_AGAIN)
        return PurePosixPath(chosen).name, zipped.open(members[chosen])
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, struct.error, OverflowError) as error:
        why = "is encrypted" if "encrypted" in str(error) else "is not a zip that can be read"
        raise UnreadableSubmission(f"{name} {why}.", ZIP_AGAIN) from error


def _refuse_huge_directory(archive: BinaryIO, name: str) -> None:
    """Look at the zip's last record before Python reads the whole list of members into memory."""
    size = archive.seek(0, os.SEEK_END)
    archive.seek(max(0, size - 65_557))
    tail = archive.read()
    at = tail.rfind(b"PK\x05\x06")
    if 0 <= at <= len(tail) - 22 and struct.unpack_from("<I", tail, at + 12)[0] > MAX_DIRECTORY:
        raise UnreadableSubmission(f"{name} lists too many files.", ZIP_AGAIN)


def _the_one(names: Iterable[str], place: str, next_step: str, kinds: tuple[str, ...] = KINDS) -> str:
    candidates = [n for n in names if _counts(PurePosixPath(n))]
    for kind in kinds:
        found = sorted(n for n in candidates if n.lower().endswith(kind))
        if len(found) > 1:
            shown = " and ".join(found) if len(found) < 4 else f"{', '.join(found[:3])} and {len(found) - 3} more"
            what = {".ipynb": "notebooks", ".py": "scripts", ".zip": "zips"}[kind]
            raise UnreadableSubmission(f"{place} holds {len(found)} {what}: {shown}.", next_step)
        if found:
            return found[0]
    raise UnreadableSubmission(f"{place} holds no notebook.", "Hand in the .ipynb file.")


def _counts(path: PurePosixPath) -> bool:
    """Not a Mac's shadow file, an editor's checkpoint, or anything hidden."""
    return not any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in path.parts)


def _is_plain(path: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except OSError:
        return False


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)
