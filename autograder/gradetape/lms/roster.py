"""A class's roster, as any system writes it: who there is, to fill names in and to find who is missing."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from .entry import some
from .people import Person
from .spreadsheet import read
from .times import read_duration

# Headings without case, spaces and punctuation, as Gradescope, Canvas, Moodle and people write them.
_HEADINGS = {
    "name": "name fullname studentname names displayname",
    "student": "student",
    "first": "first firstname givenname forename preferredfirstname",
    "last": "last lastname surname familyname",
    "email": "email emailaddress mail studentemail",
    "sid": "sid studentid studentnumber studentno idnumber matriculationnumber sisuserid userid universityid",
    "login": "login loginid sisloginid username netid",
    "lms_id": "lmsid canvasuserid canvasid identifier",
    "id": "id",
    "group": "group groupname team submissionteam",
    "late": "late lateness latenesshms status",
    "role": "role roles",
}
_FIELDS = {heading: field for field, headings in _HEADINGS.items() for heading in headings.split()}
_NOBODY = {"pointspossible", "studenttest", "teststudent"}  # rows of Canvas' gradebook that are no students
MAX_BYTES = 64 * 2**20


class RosterError(Exception):
    """A roster cannot be used; the message names it, the cause and the next step."""


@dataclass(frozen=True)
class Listed:
    """A row of the roster."""

    person: Person
    login: str = ""
    group: str = ""
    late: timedelta | None = None
    """how late they handed in, if the roster says: Gradescope's CSV of grades and Moodle's worksheet do"""


class Roster:
    """A class, and finding someone in it."""

    def __init__(self, listed: Sequence[Listed]):
        self.listed = list(listed)
        self._by: dict[str, dict[str, set[int]]] = {key: defaultdict(set) for key in ("lms_id", "sid", "email", "login", "name", "group")}
        for number, one in enumerate(self.listed):
            person = one.person
            for field, text in (("lms_id", person.lms_id), ("sid", person.sid), ("email", person.email), ("login", one.login)):
                if text:
                    self._by[field][_id(text)].add(number)
            if person.email:
                self._by["login"][_id(person.email.partition("@")[0])].add(number)
            for spelling in _spellings(person.name):
                self._by["name"][spelling].add(number)
            if group := plain(one.group):
                self._by["group"][group].add(number)

    def find(self, person: Person) -> Listed | None:
        """The row about someone: by what identifies them, else by a name that only one row has."""
        for field in ("lms_id", "sid", "email"):
            if found := self._only(field, _id(getattr(person, field))):
                return found
        # Canvas' number for someone may stand under ID, and what Gradescope calls SID may be a login.
        for text in filter(None, (person.lms_id, person.sid)):
            if found := self._only("sid" if text == person.lms_id else "login", _id(text)):
                return found
        return self._only("name", plain(person.name)) if self._may_be_named(person) else None

    def group(self, name: str) -> list[Listed]:
        """The members of a group."""
        return [self.listed[number] for number in sorted(self._by["group"].get(plain(name), ()))]

    def find_in_file_name(self, stem: str) -> Listed | None:
        """Whoever a file is named after: `lopez_ana_vae`, `Ana López`, `s1234567_vae`, `ana.lopez`."""
        words = re.split(r"[\s_]+|(?<=\D)-|-(?=\D)", stem.strip())
        for count in range(len(words), 0, -1):
            start = words[:count]
            for field, text in (("name", plain("".join(start))), *((f, _id("_".join(start))) for f in ("email", "sid", "login", "lms_id"))):
                if found := self._only(field, text):
                    return found
        return None

    def _only(self, field: str, text: str) -> Listed | None:
        numbers = self._by[field].get(text, ()) if text else ()
        return self.listed[next(iter(numbers))] if len(numbers) == 1 else None

    def _may_be_named(self, person: Person) -> bool:
        """Whether nothing that identifies someone speaks against the row of that name."""
        found = self._only("name", plain(person.name))
        return found is None or not any(
            mine and theirs and _id(mine) != _id(theirs)
            for mine, theirs in ((person.sid, found.person.sid), (person.email, found.person.email), (person.lms_id, found.person.lms_id))
        )


def read_roster(path: Path) -> Roster:
    """Read a roster: CSV with any usual delimiter, and a first row of headings.

    What is known of people: a name (or first and last), an email address, an ID; one of these is enough. Raises
    RosterError.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise RosterError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if data is None:
        raise RosterError(f"{path}: far too large for a roster; check that it is the right file")
    if data.startswith(b"PK\x03\x04"):
        raise RosterError(f"{path}: is a spreadsheet, not a CSV; save it as CSV UTF-8 first")
    try:
        rows = read(data)
    except csv.Error as error:
        raise RosterError(f"{path}: not readable as CSV ({error}); save it as CSV UTF-8 again") from error
    if not rows:
        raise RosterError(f"{path}: is empty; export the roster again")
    fields = [_field(heading) for heading in rows[0]]
    if not set(fields) & {"name", "student", "first", "last", "email", "sid", "id", "lms_id", "login"}:
        raise RosterError(
            f"{path}: none of its headings ({some(rows[0])}) is a name, an email address or an ID; "
            "call the columns Name, Email and ID"
        )
    # In Canvas' gradebook (Student, ID, …, Section) the ID is Canvas' own number; elsewhere it is the university's.
    canvas = {"student", "section"} <= set(map(_plain_heading, rows[0]))
    listed: dict[Person, Listed] = {}
    for row in rows[1:]:
        if one := _listed(fields, row, canvas):
            listed.setdefault(one.person, one)  # someone in two sections stands there twice
    return Roster(list(listed.values()))


def plain(text: str) -> str:
    """A name without case, accents, spaces and punctuation, to compare by."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    # The signs for vowels in many scripts are marks, as accents are, but no name is without them.
    return "".join(c for c in letters if c.isalnum() or unicodedata.category(c).startswith("M") and not "\u0300" <= c <= "\u036f")


def _id(text: str) -> str:
    """An ID or address to compare by: spreadsheets take the zeros off numbers' fronts."""
    return text.casefold().lstrip("0") or text[:1]


def _listed(fields: Sequence[str], row: Sequence[str], canvas: bool) -> Listed | None:
    values: dict[str, str] = {}
    for field, value in zip(fields, row, strict=False):
        if field and value and not values.get(field):
            values[field] = value
    name = values.get("name") or values.get("student") or " ".join(filter(None, (values.get("first"), values.get("last"))))
    if plain(name) in _NOBODY or not re.search("student|learner|^$", values.get("role", ""), re.IGNORECASE):
        return None
    sid, lms_id = values.get("sid", ""), _number(values.get("lms_id", ""))
    if canvas or sid:
        lms_id = lms_id or values.get("id", "")
    else:
        sid = values.get("id", "")
    login = values.get("login", "")
    told = (read_duration(value) for field, value in zip(fields, row, strict=False) if field == "late")
    late = next((duration for duration in told if duration is not None), None)
    email = values.get("email", "") or (login if "@" in login else "")
    if not any((name, email, sid, lms_id, login)):
        return None
    return Listed(Person(name, email, sid or ("" if "@" in login else login), lms_id), login, values.get("group", ""), late)


def _number(text: str) -> str:
    """Moodle's worksheet says `Participant 12345`, in its language."""
    found = re.fullmatch(r"\D+\s(\d+)", text)
    return found[1] if found else text


def _field(heading: str) -> str:
    return _FIELDS.get(_plain_heading(heading), "")


def _plain_heading(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())


def _spellings(name: str) -> Iterator[str]:
    """A name's words in every order that begins with another: `Ana María López` is also `lopezanamaria`."""
    words = [word for word in map(plain, re.split(r"[\s,_]+", name)) if word]
    for start in range(min(len(words), 8)):
        yield "".join(words[start:] + words[:start])


def known_of(people: Iterable[Person]) -> list[str]:
    """What identifies people, each with its kind: two hand-ins with one of these in common are of the same person."""
    return [f"{field}:{text.casefold()}" for person in people for field in ("lms_id", "sid", "email") if (text := getattr(person, field))]
