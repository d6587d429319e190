"""`gradetape new`: a small assignment that is whole, to be changed piece by piece into another."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from ruamel.yaml import YAML

from gradetape.config import CONFIG_NAME, ConfigError, Course, CourseConfig, load_config

_STARTER = Path(__file__).parent / "starter"
_LOCK_SAYS = "# What this course grades with: the versions that were installed when it was begun."
_NEW_COURSE = """\
course: {title}

assignments:
"""


def new(course: Course | Path, name: str) -> list[Path]:
    """Add an assignment to a course, or to the new course that an empty folder becomes; returns the files.

    The assignment has one question, with a suite and an answer bank that `gradetape verify` accepts.
    Raises ConfigError if the name is taken or no Python name.
    """
    if isinstance(course, Path):
        course = _begin_course(course)
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise ConfigError(f"{name!r} cannot name an assignment: use small letters, digits and underscores")
    files = {target: source for source, target in _files(course, name)}
    taken = [target for target in files if target.exists()]
    if name in course.config.assignments or taken:
        raise ConfigError(f"there is an assignment {name} already: {taken[0] if taken else CONFIG_NAME}; choose another name")
    words = {"name": name, "title": name.replace("_", " ").capitalize()}
    for target, source in files.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_filled(source, words), encoding="utf-8")
    _enter(course.root / CONFIG_NAME, _filled(_STARTER / "config_entry.yaml", words))
    return list(files)


def _begin_course(folder: Path) -> Course:
    path = folder / CONFIG_NAME
    if any(folder.iterdir()):
        raise ConfigError(f"{folder} has no {CONFIG_NAME} and is not empty; begin a course in an empty folder")
    installed = sorted(f"{d.name.lower()}=={d.version}" for d in metadata.distributions() if d.name != "gradetape")
    (folder / "requirements.lock").write_text("\n".join([_LOCK_SAYS, *installed, ""]), encoding="utf-8")
    title = folder.resolve().name.replace("_", " ").capitalize()
    path.write_text(_NEW_COURSE.format(title=title), encoding="utf-8")
    return Course(folder, CourseConfig(course=title, assignments={}))


def _files(course: Course, name: str) -> list[tuple[Path, Path]]:
    """The starter's files, and where each goes in the course."""
    folders = {_STARTER / "hidden": course.suite(name), _STARTER / "answers": course.answers(name)}
    copied = [(file, target / file.relative_to(source)) for source, target in folders.items() for file in sorted(source.rglob("*.*"))]
    return [(_STARTER / "assignment" / "master.py", course.master(name)), *copied]


def _filled(source: Path, words: dict[str, str]) -> str:
    text = source.read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace("{{ " + word + " }}", value)
    return text


def _enter(path: Path, entry: str) -> None:
    """Add an assignment's block at the end of `assignments:`, and leave the rest of the file as it is."""
    text = path.read_text(encoding="utf-8")
    tree = YAML().load(text)
    keys = list(tree)
    after = keys[keys.index("assignments") + 1 :]
    lines = text.splitlines(keepends=True)
    end = tree.lc.key(after[0])[0] if after else len(lines)
    while end and not lines[end - 1].split("#")[0].strip():  # comments above the next key are that key's
        end -= 1
    path.write_text("".join(lines[:end]) + entry + "".join(lines[end:]), encoding="utf-8")
    load_config(path)
