"""The conda environment of the Gradescope image, with the versions of the course's lock file."""

from __future__ import annotations

import re
from importlib import metadata

import yaml

from gradetape.config import ConfigError, Course

_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)", re.MULTILINE)
_NAME = re.compile(r"[\w.-]+")


def environment_yml(course: Course, python: str) -> str:
    """`environment.yml` for otter generate: this kit's own dependencies, each at its locked version.

    Raises ConfigError if the lock file is missing or lacks one of them.
    """
    lock = course.root / "requirements.lock"
    try:
        pinned = {_normal(m["name"]): m["version"] for m in _PINNED.finditer(lock.read_text(encoding="utf-8"))}
    except FileNotFoundError:
        raise ConfigError(f"{lock}: missing; it says which versions grade (`make lock` writes it)") from None
    names = [_normal(name) for name in _dependencies()]
    if lacking := [name for name in names if name not in pinned]:
        raise ConfigError(f"{lock}: no version for {', '.join(lacking)}; `make lock` brings it up to date")
    pins = [f"{name}=={pinned[name]}" for name in names]
    dependencies = [f"python={python}", "pip", {"pip": pins}]
    return yaml.safe_dump({"channels": ["conda-forge"], "dependencies": dependencies}, sort_keys=False)


def _dependencies() -> list[str]:
    """The names of what this package needs to grade, extras left out."""
    wanted = [r for r in metadata.requires("gradetape") or [] if "extra ==" not in r]
    return sorted(_NAME.match(requirement)[0] for requirement in wanted)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
