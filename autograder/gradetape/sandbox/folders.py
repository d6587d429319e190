"""A worker's folder, as its supervisor handles it: a student may have nested, hidden and shut in it what they like."""

from __future__ import annotations

import itertools
import os
import shutil

_MAX_FILES = 20_000
_MAX_DEPTH = 64


def make(folder: str, data: int | None, name: str, uid: int | None) -> None:
    """Make a worker's folder, with a copy called `name` of the folder behind the descriptor `data`; it is `uid`'s."""
    os.mkdir(folder, 0o700)
    if data is not None:
        shutil.copytree(f"/proc/self/fd/{data}", os.path.join(folder, name), copy_function=shutil.copyfile)
    if uid is not None:
        for parent, _, files in os.walk(folder):
            for path in (parent, *(os.path.join(parent, file) for file in files)):
                os.chown(path, uid, uid)


def size_mb(folder: str) -> float:
    """Disk space of the files below `folder`; infinite where it cannot be counted, or not in a moment."""
    blocks = files = 0
    todo = [(folder, 0)]
    while todo:
        parent, depth = todo.pop()
        try:
            entries = list(os.scandir(parent))
        except FileNotFoundError:  # removed meanwhile
            continue
        except OSError:  # shut, or nested so deeply that no path leads there
            return float("inf")
        files += len(entries)
        if files > _MAX_FILES or depth > _MAX_DEPTH:
            return float("inf")
        for entry in entries:
            try:
                blocks += entry.stat(follow_symlinks=False).st_blocks
            except FileNotFoundError:
                continue
            if entry.is_dir(follow_symlinks=False):
                todo.append((entry.path, depth + 1))
    return blocks * 512 / (1 << 20)


def free_mb(folder: str) -> float:
    """Free space on the folder's disk."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize / (1 << 20)


def remove(folder: str) -> None:
    """Remove a folder, as far as that goes: without recursion, and without a path longer than a few names."""
    unique = (f"{os.urandom(8).hex()}-{number}" for number in itertools.count())
    try:
        while entries := list(os.scandir(folder)):
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _empty_into(entry.path, folder, unique)
                    os.rmdir(entry.path)
                else:
                    os.unlink(entry.path)
        os.rmdir(folder)
    except OSError:
        pass  # it stays: a full /tmp is no reason to fail a grade


def _empty_into(folder: str, above: str, names) -> None:
    os.chmod(folder, 0o700)
    for inner in list(os.scandir(folder)):
        if inner.is_dir(follow_symlinks=False):
            os.chmod(inner.path, 0o700)  # a folder's owner can move it only where they may write in it
        os.rename(inner.path, os.path.join(above, next(names)))
