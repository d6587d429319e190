"""Gradescope's "Export Submissions": folders `submission_123/`, and `submission_metadata.yml` that says whose each is.

For each submission that counts (Gradescope's active one) the metadata has `:submitters:` (several for a group, each with
`:name:`, `:sid:` and `:email:`), `:created_at:` and, in `:history:`, the versions that do not count. It does not say
how late a submission is; Gradescope's CSV of grades does, which a roster may be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import yaml

from .entry import Entry, Reading, some
from .people import Person
from .times import read_duration, read_time

METADATA = ("submission_metadata.yml", "submission_metadata.yaml")
_FOLDER = re.compile(r"submission_\d+(?:\.\w+)?")
# Results are most of the file, and none of our business. Whatever stands deeper than the key belongs to it.
_RESULTS = re.compile(r"^( *):?results:[^\n]*\n(?:(?:\1 [^\n]*|[ \t]*)\n)*", re.MULTILINE)
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value as the text it is: no 0123 becomes 83, no "No" False


def recognises(names: Sequence[str]) -> bool:
    """Whether a folder is such an export: it has the metadata, or most of its names are submissions'."""
    return any(name in METADATA for name in names) or 2 * sum(bool(_FOLDER.fullmatch(name)) for name in names) > len(names)


def read(paths: Sequence[Path]) -> Reading:
    """The hand-ins among a folder's entries; what the metadata lacks or has too much of goes into the notes."""
    reading = Reading()
    metadata = next((path for path in paths if path.name in METADATA), None)
    known = _metadata(metadata, reading.notes)
    folders = {path.name: path for path in paths if path != metadata}
    old = {f"submission_{_get(version, 'id')}" for about in known.values() for version in _list(about, "history")} - known.keys()
    for key, about in known.items():
        reading.entries.append(_entry(key, about, folders.get(key), metadata))
    _tell_versions(known, reading)
    if unlisted := sorted(folders.keys() - known.keys() - old):
        reading.entries += [Entry(folders[key], folders[key].stem if folders[key].is_file() else key) for key in unlisted]
        if known:
            reading.notes.append(f"not in {metadata.name}, so whose they are is not known: {some(unlisted)}")
    if nobody := [entry.path.name for entry in reading.entries if entry.path.name in known and not entry.people]:
        reading.notes.append(f"{metadata.name} names nobody for {some(nobody)}")
    return reading


def _metadata(path: Path | None, notes: list[str]) -> dict[str, Mapping]:
    if path is None:
        notes.append(f"there is no {METADATA[0]} in this export: hand-ins are called by their folders. Download it again to have names")
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        read = yaml.load(_RESULTS.sub("", text), _Loader)
    except (yaml.YAMLError, OSError, RecursionError, ValueError) as error:
        where = f" (line {error.problem_mark.line + 1})" if getattr(error, "problem_mark", None) else ""
        notes.append(f"{path.name} cannot be read{where}: hand-ins are called by their folders. Download the export again to have names")
        return {}
    listed = {str(key): about for key, about in read.items() if isinstance(about, Mapping)} if isinstance(read, Mapping) else {}
    if not listed:
        notes.append(f"{path.name} lists no submission: hand-ins are called by their folders. Download the export again to have names")
    return listed


def _entry(key: str, about: Mapping, path: Path | None, metadata: Path) -> Entry:
    people = tuple(_people(about))
    name = " & ".join(person.label for person in people) or key
    return Entry(
        path or metadata.with_name(key),
        name,
        " & ".join(filter(None, (person.sid or person.email for person in people))) or key.removeprefix("submission_"),
        people,
        read_time(_get(about, "created_at")),
        read_duration(_get(about, "lateness")) or timedelta(0),
        "" if path else "Gradescope lists this submission, but the export holds no files of it. Download it from Gradescope and grade it by itself.",
    )


def _people(about: Mapping):
    for one in _list(about, "submitters"):
        person = Person(_get(one, "name"), _get(one, "email"), _get(one, "sid"))
        if person != Person():
            yield person


def _tell_versions(known: Mapping[str, Mapping], reading: Reading) -> None:
    """Which version counts: Gradescope's active one, which a student may have chosen and need not be the latest."""
    again, later = [], []
    for entry, about in zip(reading.entries, known.values(), strict=True):
        versions = _list(about, "history")
        if versions:
            again.append(entry.name)
        times = [time for version in versions if (time := read_time(_get(version, "created_at")))]
        if times and entry.submitted and max(times) > entry.submitted:
            later.append(entry.name)
    if again:
        reading.notes.append(f"handed in more than once: {some(again)}. The version that is active on Gradescope counts")
    if later:
        reading.notes.append(f"the active version is not the latest of {some(later)}; it counts all the same")


def _get(about: Mapping, key: str) -> str:
    """A value as text. Gradescope writes Ruby's keys, `:name:`."""
    value = about.get(f":{key}", about.get(key, ""))
    text = value.strip() if isinstance(value, str) else ""
    return "" if text in ("null", "~") else text


def _list(about: Mapping, key: str) -> list[Mapping]:
    value = about.get(f":{key}", about.get(key, ()))
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
