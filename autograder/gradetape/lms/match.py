"""Hand-ins and a roster brought together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .entry import Entry, some
from .people import Person
from .roster import Listed, Roster


def match(entries: Sequence[Entry], roster: Roster, notes: list[str]) -> tuple[list[Entry], list[Person]]:
    """The entries with what the roster knows of their people, in the same order, and who handed in nothing.

    Whoever is not on the roster stays as they are, and is told in `notes`.
    """
    there: set[int] = set()
    unknown: list[str] = []
    filled = []
    for entry in entries:
        found = _who(entry, roster)
        there |= {id(listed) for listed, _ in found if listed}
        unknown += [person.name or entry.name for listed, person in found if not listed]
        late = max((listed.late for listed, _ in found if listed and listed.late is not None), default=entry.late)
        people = tuple(_filled(person, listed) for listed, person in found if listed or entry.people)
        filled.append(replace(entry, people=people, late=late))
    if unknown:
        notes.append(f"not on the roster: {some(unknown, 20)}")
    return filled, [listed.person for listed in roster.listed if id(listed) not in there]


def _who(entry: Entry, roster: Roster) -> list[tuple[Listed | None, Person]]:
    """Each person of a hand-in with their row. A hand-in that names a group is that of its members."""
    if len(entry.people) < 2 and (members := roster.group(entry.name)):
        return [(member, Person()) for member in members]
    if not entry.people:
        listed = roster.find_in_file_name(entry.name)
        return [(listed, Person() if listed else Person(name=entry.name))]
    return [(roster.find(person if person.name else replace(person, name=entry.name)), person) for person in entry.people]


def _filled(person: Person, listed: Listed | None) -> Person:
    """What the export says of someone, and for what it does not say, the roster."""
    if listed is None:
        return person
    known = listed.person
    return Person(person.name or known.name, person.email or known.email, person.sid or known.sid, person.lms_id or known.lms_id)
