"""The conda environment of the Gradescope image, with the versions of the course's lock file."""

from __future__ import annotations

import re
from importlib import metadata

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gradetape.config import ConfigError, Course

_PINNED = re.compile(r"^[\w.-]+==[^\\\n]+", re.MULTILINE)
_GRADESCOPE = {"sys_platform": "linux", "platform_system": "Linux", "platform_machine": "x86_64", "os_name": "posix"}


def environment_yml(course: Course, python: str) -> str:
    """`environment.yml` for otter generate: this kit's own dependencies, each at its locked version.

    Raises ConfigError if the lock file is missing or lacks one of them.
    """
    lock = course.root / "requirements.lock"
    try:
        pinned = _pinned(lock.read_text(encoding="utf-8"), python)
    except FileNotFoundError:
        raise ConfigError(f"{lock}: missing; it says which versions grade (`make lock` writes it)") from None
    names = _dependencies()
    if lacking := [name for name in names if name not in pinned]:
        raise ConfigError(f"{lock}: no version for {', '.join(lacking)}; `make lock` brings it up to date")
    pins = [f"{name}=={pinned[name]}" for name in names]
    dependencies = [f"python={python}", "pip", {"pip": pins}]
    return yaml.safe_dump({"channels": ["conda-forge"], "dependencies": dependencies}, sort_keys=False)


def _pinned(lock: str, python: str) -> dict[str, str]:
    """Versions by name, as the lock file gives them for Gradescope's system and this Python."""
    there = {**_GRADESCOPE, "python_version": python, "python_full_version": f"{python}.0"}
    wanted = [Requirement(line) for line in _PINNED.findall(lock)]
    return {
        canonicalize_name(r.name): next(iter(r.specifier)).version
        for r in wanted
        if r.marker is None or r.marker.evaluate(there)
    }


def _dependencies() -> list[str]:
    """The names of what this package needs to grade, extras left out."""
    wanted = [Requirement(r) for r in metadata.requires("gradetape") or []]
    return sorted(canonicalize_name(r.name) for r in wanted if "extra" not in str(r.marker))
