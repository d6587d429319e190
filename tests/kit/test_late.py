"""What being late and adjustments make of the points earned."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradetape.batch.gradebook import Adjustment, Row
from gradetape.config import ConfigError, LatePolicy, load_config
from gradetape.grade_report import GradeReport, QuestionResult, TestResult
from gradetape.late import final_points, penalty, reckon

POLICY = LatePolicy(grace_minutes=15, percent_a_day=10, cap_percent=25)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def row(passed=3, of=4, late=timedelta(0), adjustments=()):
    """A hand-in with `passed` of `of` tests right, each worth a point."""
    tests = [TestResult(name=str(n), title="", outcome="passed" if n < passed else "failed") for n in range(of)]
    report = GradeReport(
        assignment="vae", submission="vae.ipynb", student="ana", questions=[QuestionResult(name="kl", title="KL", points=of, tests=tests)]
    )
    made = tuple(Adjustment("kl", points, why, datetime(2026, 10, 5, tzinfo=UTC)) for points, why in adjustments)
    return Row("ana", (), None, late, report, made)


class TestPenalty:
    @pytest.mark.parametrize(
        "late, share",
        [
            (timedelta(0), 0),
            (15 * MINUTE, 0),
            (16 * MINUTE, 0.1),
            (24 * HOUR + 15 * MINUTE, 0.1),
            (24 * HOUR + 16 * MINUTE, 0.2),
            (50 * HOUR, 0.25),
            (1000 * HOUR, 0.25),
        ],
    )
    def test_each_day_begun_after_the_grace_up_to_the_cap(self, late, share):
        assert penalty(late, POLICY) == pytest.approx(share)

    def test_without_a_policy_being_late_costs_nothing(self):
        assert penalty(1000 * HOUR, LatePolicy()) == 0

    @settings(deadline=None)
    @given(st.timedeltas(timedelta(0), timedelta(days=400)), st.timedeltas(timedelta(0), timedelta(days=9)), st.floats(0, 100), st.floats(0, 100))
    def test_later_never_costs_less_and_never_more_than_the_cap(self, late, more, a_day, cap):
        policy = LatePolicy(percent_a_day=a_day, cap_percent=cap)
        assert 0 <= penalty(late, policy) <= penalty(late + more, policy) <= cap / 100


class TestReckoning:
    def test_what_was_earned_is_what_counts_where_nothing_is_to_be_said(self):
        reckoned = reckon(row(), POLICY)
        assert (reckoned.raw, reckoned.adjustment, reckoned.late, reckoned.final, reckoned.why) == (3, 0, 0, 3, "")

    def test_adjustments_first_then_the_penalty_each_with_its_reason(self):
        reckoned = reckon(row(late=2 * HOUR, adjustments=[(0.5, "another convention"), (-1, "copied")]), POLICY)
        assert (reckoned.raw, reckoned.adjustment, reckoned.late, reckoned.final) == (3, -0.5, -0.25, 2.25)
        assert reckoned.why == "kl +0.5: another convention; kl -1: copied; 1 day late: 10 % of 2.5 taken off"

    @pytest.mark.parametrize("by, final", [(5, 4), (-9, 0)])
    def test_points_stay_within_what_is_possible_and_that_is_said(self, by, final):
        reckoned = reckon(row(adjustments=[(by, "why")]), POLICY)
        assert reckoned.final == final and reckoned.why.endswith("kept within 0 and 4")

    def test_what_is_not_graded_has_earned_nothing_yet(self):
        assert final_points(Row("ana", (), None, HOUR, None, ()), POLICY) == 0


class TestConfig:
    ASSIGNMENT = "{title: A, points: 1, minutes: 1, questions: {q: {title: Q, points: 1, stub: f}}%s}"

    def read(self, tmp_path, late, own=""):
        (tmp_path / "grader_config.yaml").write_text(f"course: C\nlate: {late}\nassignments:\n  a: {self.ASSIGNMENT % own}\n")
        return load_config(tmp_path / "grader_config.yaml")

    def test_the_course_says_and_an_assignment_may_say_otherwise(self, tmp_path):
        config = self.read(tmp_path, "{percent_a_day: 10}", ", late: {percent_a_day: 5}")
        assert config.late == LatePolicy(percent_a_day=10) and config.assignments["a"].late == LatePolicy(percent_a_day=5)

    @pytest.mark.parametrize("late", ["{percent_a_day: 110}", "{grace_minutes: -1}", "{cap_percent: a lot}", "{percent: 5}"])
    def test_what_makes_no_sense_is_named_with_its_line(self, late, tmp_path):
        with pytest.raises(ConfigError, match="grader_config.yaml:2: late"):
            self.read(tmp_path, late)
