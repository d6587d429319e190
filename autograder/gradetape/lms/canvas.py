"""Canvas' "Download Submissions": one folder of files named `lopezana_LATE_1234_56789_vae-1.ipynb`.

The parts are the sortable name in lower case without anything that is no letter or digit, LATE where it is, Canvas'
number of the person and of the file, and the student's own file name, which Canvas numbers when they hand in again.
With anonymous grading `anon_` and a code stand for name and number; text and links have no file number. The naming is
that of Canvas' own `lib/content_zipper.rb`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from .entry import Entry, Reading, Sent, choose, some
from .people import Person

LATE = timedelta(days=1)
"""what a hand-in marked late counts as: Canvas does not say how late it is"""

_FILE = re.compile(
    r"(?:(?P<name>(?!LATE_|anon_)[^\s.,;()-]+?)_)?(?P<late>LATE_)?(?P<user>\d+|anon_[A-Za-z0-9]+)_"
    r"(?:(?P<file>\d+)_(?P<rest>.+)|(?P<text>(?:text|link)\.html))",
    re.DOTALL,
)


def recognises(names: Sequence[str]) -> bool:
    """Whether most of a folder's names are Canvas', and agree: a file's number stands once, a person's for one name."""
    found = [match for name in names if (match := _match(name))]
    files = [match["file"] for match in found if match["file"]]
    who = {(match["user"], match["name"]) for match in found}
    lower = all((match["name"] or "") == (match["name"] or "").lower() for match in found)
    return 2 * len(found) > len(names) and lower and len(set(files)) == len(files) and len({u for u, _ in who}) == len(who)


def read(paths: Sequence[Path]) -> Reading:
    """The hand-ins among a folder's files."""
    reading = Reading()
    sent: dict[str, list[Sent]] = defaultdict(list)
    who: dict[str, re.Match] = {}
    strange = []
    for path in paths:
        if match := _match(path.name):
            sent[match["user"]].append(Sent(path, match["rest"] or match["text"], int(match["file"] or 0)))
            who[match["user"]] = match
        else:
            strange.append(path)
    for user, files in sent.items():
        name = who[user]["name"] or user
        chosen = choose(files)
        # A name without its spaces is none to write down: a roster has the real one.
        people = () if user.startswith("anon_") else (Person(lms_id=user),)
        late = LATE if who[user]["late"] else timedelta(0)
        reading.entries.append(Entry(chosen.path, name, user, people, late=late, problem=chosen.problem))
        if chosen.older:
            reading.notes.append(f"{name} handed in {chosen.older + 1} versions together: {chosen.path.name} is the latest and counts")
    if late := [entry.name for entry in reading.entries if entry.late]:
        reading.notes.append(
            f"marked late: {some(late)}. Canvas does not say by how much: each counts as one day late, unless a roster's column Lateness says"
        )
    if strange:
        reading.entries += [Entry(path, path.name if path.is_dir() else path.stem) for path in strange]
        reading.notes.append(f"not named as Canvas names files, so whose they are is not known: {some([p.name for p in strange])}")
    return reading


def _match(name: str) -> re.Match | None:
    return _FILE.fullmatch(unicodedata.normalize("NFC", name))
