"""What this machine has, what it lacks for grading, and how to get it."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gradetape.config import Course
from gradetape.sandbox import locks

State = Literal["good", "note", "bad"]
"""good · note: grading works, but something could be better · bad: grading does not work"""

# What a grade's numbers depend on; a difference from the lock file is worth a line of its own.
_TELLING = ("tensorflow", "keras", "numpy", "otter-grader")
_SET_UP = "run `make setup` in the course's folder"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    state: State
    said: str
    remedy: str = ""


def examine(course: Course | None) -> list[Finding]:
    """Look at the interpreter, the packages, their bytecode, the locks and the GPU.

    Packages are compared with the course's `requirements.lock`; TensorFlow is not imported.
    """
    return [_python(), *_packages(course), _bytecode(), *_locks(), _gpu()]


def gpu_present() -> bool:
    """Whether the NVIDIA driver shows a GPU here; that TensorFlow can use it is another matter."""
    return any(Path("/dev").glob("nvidia[0-9]*")) or Path("/dev/dxg").exists()


def _python() -> Finding:
    here = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    if sys.version_info < (3, 11):
        return Finding("Python", "bad", here, "Python 3.11 or later is needed")
    return Finding("Python", "good", here)


def _packages(course: Course | None) -> list[Finding]:
    installed = {canonicalize_name(d.name): d.version for d in metadata.distributions()}
    findings = [
        Finding(name, "good", installed[name]) if name in installed else Finding(name, "bad", "not installed", _SET_UP)
        for name in _TELLING
    ]
    lock = course and course.root / "requirements.lock"
    if not lock or not lock.is_file():
        return [*findings, Finding("lock file", "note", "no requirements.lock here to compare with", "run doctor inside the course's folder")]
    pinned = read_lock(lock.read_text(encoding="utf-8"))
    differing = {name: version for name, version in pinned.items() if installed.get(name) != version}
    if not differing:
        return [*findings, Finding("lock file", "good", f"all {len(pinned)} packages are as locked")]
    shown = [f"{name} {installed.get(name, 'missing')}, locked {version}" for name, version in differing.items()]
    shown.sort(key=lambda text: text.split()[0] not in _TELLING)
    rest = f"; and {len(shown) - 4} more" if len(shown) > 4 else ""
    return [*findings, Finding("lock file", "note", "differs: " + "; ".join(shown[:4]) + rest, _SET_UP)]


def read_lock(text: str) -> dict[str, str]:
    """Name → version of what a lock file pins for this interpreter and system."""
    pinned = {}
    for line in re.findall(r"^[A-Za-z0-9].*?(?= \\$|$)", text, flags=re.MULTILINE):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate():
            pinned[canonicalize_name(requirement.name)] = next(iter(requirement.specifier)).version
    return pinned


def _bytecode() -> Finding:
    """Whether TensorFlow and Keras are compiled: where they are not, each start takes ten seconds more."""
    sources = [path for package in ("tensorflow", "keras") for path in _sources(package)]
    compiled = sum(Path(importlib.util.cache_from_source(path)).is_file() for path in map(str, sources))
    if not sources:
        return Finding("bytecode", "note", "TensorFlow is not installed")
    share = f"{compiled / len(sources):.0%} of TensorFlow and Keras is compiled"
    if compiled > 0.95 * len(sources):
        return Finding("bytecode", "good", share)
    remedy = f"python -m compileall -qq -j 0 {Path(sys.prefix) / 'lib'}"
    return Finding("bytecode", "note", f"{share}: every start takes up to ten seconds more", remedy)


def _sources(package: str) -> list[Path]:
    spec = importlib.util.find_spec(package)
    folders = spec.submodule_search_locations if spec else []
    return [path for folder in folders for path in Path(folder).rglob("*.py")]


def _locks() -> list[Finding]:
    needed = {lock.name for lock in locks.missing()}
    findings = []
    for lock in locks.describe():
        name = f"lock: {lock.name}"
        if lock.holds:
            findings.append(Finding(name, "good", f"keeps out {lock.keeps_out}"))
        elif lock.name in needed:
            findings.append(Finding(name, "bad", f"missing: would keep out {lock.keeps_out}", lock.remedy))
        else:
            findings.append(Finding(name, "note", "does not hold here; the other locks stand in for it"))
    if needed:
        findings.append(Finding("locks", "bad", "student code would not be locked in; grading needs --unlocked to go on"))
    return findings


def _gpu() -> Finding:
    if gpu_present():
        return Finding("GPU", "good", "an NVIDIA driver shows one: --tier gpu will use it if TensorFlow can")
    return Finding("GPU", "note", "none: tests of the gpu tier stay deferred", "grade with --tier gpu --on-cpu to run them here, slowly")
