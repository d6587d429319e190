"""From what was earned to what counts: adjustments by staff, and what handing in late costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from gradetape.batch.gradebook import Row
from gradetape.config import LatePolicy
from gradetape.report.words import points

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reckoning:
    """How a student's points come about. `final` = (`raw` + `adjustment`, kept within 0 … possible) + `late`."""

    raw: float
    adjustment: float
    """the sum of all adjustments"""
    late: float
    """points for being late: zero or less"""
    final: float
    why: str
    """the reasons for whatever is not zero"""


def penalty(late: timedelta, policy: LatePolicy) -> float:
    """The share taken off, 0 … 1: `percent_a_day` for each day begun after the grace, `cap_percent` at most."""
    over = late - timedelta(minutes=policy.grace_minutes)
    return min(_days(over) * policy.percent_a_day, policy.cap_percent) / 100


def reckon(row: Row, policy: LatePolicy) -> Reckoning:
    """What a student gets, step by step. A hand-in without a grade has earned nothing yet."""
    raw, possible = (row.report.earned, row.report.possible) if row.report else (0.0, 0.0)
    adjustment = sum(one.points for one in row.adjustments)
    kept = min(max(raw + adjustment, 0.0), possible)
    share = penalty(row.late, policy)
    reasons = [f"{one.question} {one.points:+g}: {one.why}" for one in row.adjustments]
    if row.report and abs(kept - raw - adjustment) > 1e-9:
        reasons.append(f"kept within 0 and {points(possible)}")
    if share:
        days = _days(row.late - timedelta(minutes=policy.grace_minutes))
        reasons.append(f"{days} {'day' if days == 1 else 'days'} late: {100 * share:.4g} % of {points(kept)} taken off")
    return Reckoning(raw, adjustment, -share * kept, kept * (1 - share), "; ".join(reasons))


def final_points(row: Row, policy: LatePolicy) -> float:
    """What counts in the end: 0 … possible."""
    return reckon(row, policy).final


def _days(over: timedelta) -> int:
    return max(0, math.ceil(over / _DAY))
