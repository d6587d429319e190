"""Times and durations as learning management systems write them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

# 2023-12-02 02:52:07.938335000 Z (Gradescope's metadata) · 2023-12-02T02:52:07-08:00 · 2023-12-02 02:52:07 -0800 (its CSV)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(\.\d{1,6})?\d*\s*(Z|UTC|[+-]\d\d:?\d\d)?")
_HMS = re.compile(r"(\d+):(\d\d?)(?::(\d\d?))?")
# "Submitted for grading - 1 day 3 hours late": Moodle's grading worksheet in English
_WORDS = re.compile(r"\b(\d+) (year|week|day|hour|min|sec)s?\b(?=.*\blate\b)")
_SECONDS = {"year": 31_536_000, "week": 604_800, "day": 86_400, "hour": 3_600, "min": 60, "sec": 1}


def read_time(text: str) -> datetime | None:
    """A point in time; without a zone it is UTC, in which Gradescope writes. None for anything else."""
    if not (found := _TIME.fullmatch(text.strip())):
        return None
    day, clock, fraction, zone = found.groups()
    try:
        read = datetime.fromisoformat(f"{day}T{clock}{(fraction or '').ljust(7, '0') if fraction else ''}")
        offset = datetime.strptime(zone, "%z").tzinfo if zone and zone not in ("Z", "UTC") else UTC
    except ValueError:  # the 31st of a month without one
        return None
    return read.replace(tzinfo=offset)


def read_duration(text: str) -> timedelta | None:
    """How late: `26:03:12` as hours, minutes and seconds, or Moodle's words. None where the text says nothing of it."""
    if found := _HMS.fullmatch(text.strip()):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return timedelta(seconds=min(hours * 3600 + minutes * 60 + seconds, 10**9))
    parts = _WORDS.findall(text)
    return timedelta(seconds=min(sum(int(n) * _SECONDS[unit] for n, unit in parts), 10**9)) if parts else None


def hms(duration: timedelta) -> str:
    """`26:03:12`: hours are not cut at a day."""
    seconds = int(duration.total_seconds())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
