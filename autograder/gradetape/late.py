"""From what was earned to what counts: adjustments by staff, and what handing in late costs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

from gradetape.batch.gradebook import Gradebook, GradebookError, Row
from gradetape.config import Course, LatePolicy
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


def adjust(gradebook: Gradebook, course: Course, student: str, question: str, by: float, why: str) -> Row:
    """Add points to what a student earned in a question (below zero: take off), and return the student's row.

    `student` is whatever `Gradebook.find` knows them by. Raises GradebookError where that is nobody or several, for a
    question that there is not, for no points and for no reason.
    """
    key = gradebook.find(student)
    questions = course.assignment(gradebook.assignment).questions
    if question not in questions:
        raise GradebookError(f"{gradebook.assignment} has no question {question!r}; it has: {', '.join(questions)}")
    if not math.isfinite(by) or by == 0:
        raise GradebookError(f"{by:g} is no adjustment; give points to add, or below zero to take off")
    if not why.strip():
        raise GradebookError("an adjustment needs a reason: --why")
    gradebook.adjust(key, question, by, " ".join(why.split()))
    return next(row for row in gradebook.rows() if row.student == key)


def _days(over: timedelta) -> int:
    return max(0, math.ceil(over / _DAY))
