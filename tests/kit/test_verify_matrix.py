"""The kill matrix: what is needed, what is redundant and why, computed from verdicts made up here."""

from gradetape.grade_report import Check, TestResult
from gradetape.verification.cases import Case
from gradetape.verification.matrix import EXACT, build
from gradetape.verification.suite_source import Assertion, SuiteSource


def case(name, kind="mutant", fails=()):
    return Case(name, kind, name, "area", fails=fails)


def verdict(name, outcome="passed", **ratios):
    """A test's verdict; `l3=2.0` says that the assertion in line 3 used twice its tolerance."""
    checks = [Check(where=f"test_area.py:{line[1:]}", ratio=ratio, passed=ratio <= 1) for line, ratio in ratios.items()]
    return TestResult(name=name, title=name, outcome=outcome, checks=checks)


def line(number, end=None):
    return Assertion("test_area.py", number, end or number, "test_a", f"check {number}", hint=True)


def evidence(results, *assertions):
    return build("area", results).evidence(assertions)


RIGHT = (case("solution", "solution"), [verdict("test_a", l3=0.1, l4=0.2), verdict("test_b", l8=0.01)])


def test_an_assertion_that_alone_catches_a_case_is_needed():
    only_3 = (case("m1"), [verdict("test_a", "failed", l3=5.0, l4=0.0), verdict("test_b", l8=0.0)])
    third, fourth, eighth = evidence([RIGHT, only_3], line(3), line(4), line(8))
    assert [c.id for c in third.needed_by] == ["m1"]
    assert not fourth.needed_by and not fourth.fails
    assert not eighth.needed_by


def test_another_assertion_of_the_same_test_covers_it():
    both = (case("m1"), [verdict("test_a", "failed", l3=5.0, l4=7.0), verdict("test_b", l8=0.0)])
    third, fourth = evidence([RIGHT, both], line(3), line(4))
    assert not third.needed_by and not fourth.needed_by
    assert third.covered_by == [("test_area.py:4", 1)]
    assert fourth.covered_by == [("test_area.py:3", 1)]


def test_another_test_covers_it_unless_the_wrong_answer_names_its_own():
    verdicts = [verdict("test_a", "failed", l3=5.0, l4=0.0), verdict("test_b", "failed", l8=3.0)]
    mutant, _ = evidence([RIGHT, (case("m1"), verdicts)], line(3), line(8))
    assert mutant.covered_by == [("test_area.py:8", 1)]
    named, _ = evidence([RIGHT, (case("w1", "wrong", ("test_a",)), verdicts)], line(3), line(8))
    assert [c.id for c in named.needed_by] == ["w1"]


def test_a_test_that_ends_in_an_exception_fails_without_any_assertion():
    raised = (case("m1"), [verdict("test_a", "error", l3=5.0), verdict("test_b", l8=0.0)])
    (third,) = evidence([RIGHT, raised], line(3))
    assert not third.needed_by
    assert third.covered_by == [("test_a (error)", 1)]


def test_one_assertion_for_several_tests_counts_in_all_of_them():
    helper = (case("m1"), [verdict("test_a", "failed", l3=5.0), verdict("test_b", "failed", l3=5.0)])
    (third,) = evidence([RIGHT, helper], line(3))
    assert [c.id for c in third.needed_by] == ["m1"]


def test_a_call_over_several_lines_is_one_assertion():
    inside = (case("m1"), [verdict("test_a", "failed", l4=5.0), verdict("test_b", l8=0.0)])
    (spanning,) = evidence([RIGHT, inside], line(3, 6))
    assert spanning.needed_by


def test_margins():
    near = (case("w1", "wrong"), [verdict("test_a", "failed", l3=1.5, l4=EXACT), verdict("test_b", l8=0.9)])
    third, fourth, eighth = evidence([RIGHT, near], line(3), line(4), line(8))
    assert (third.passes_to, third.fails_from) == (0.1, 1.5)
    assert (fourth.passes_to, fourth.fails_from) == (0.2, EXACT)
    assert (eighth.passes_to, eighth.fails_from) == (0.01, None)


def test_what_no_case_reaches_is_told_apart():
    (ninth,) = evidence([RIGHT], line(9))
    assert not ninth.reached and not ninth.needed_by


def test_names_redundant_tests_and_what_a_question_rests_on():
    def caught_by(name, *tests):
        return case(name), [verdict(t, "failed" if t in tests else "passed", l3=5.0 if t in tests else 0.0) for t in ("test_a", "test_b", "test_c")]

    matrix = build("area", [caught_by("m1", "test_a"), caught_by("m2", "test_a", "test_b"), caught_by("m3", "test_a")])
    assert matrix.rests_on() == "test_a"
    assert matrix.redundant_tests() == {"test_b": [("test_a", 1)], "test_c": []}
    shared = build("area", [caught_by("m1", "test_a"), caught_by("m2", "test_b")])
    assert shared.rests_on() is None


def test_a_test_that_waits_for_a_gpu_is_not_called_redundant():
    matrix = build("area", [(case("m1"), [verdict("test_a", "failed", l3=5.0), verdict("test_gpu", "deferred")])])
    assert "test_gpu" not in matrix.redundant_tests()


SUITE = '''
import numpy as np
import tensorflow as tf
from gradetape.suite import assert_close, check, question

pytestmark = question("area")


def assert_area(got):
    assert_close(
        got,
        3.0,
        hint="The formula.",
    )


def test_rectangle(student):
    """A rectangle's."""
    assert_area(student.area(1, 3))
    check(True, hint="True.")


def test_square(student):
    check(student.area(2, 2) == 4)
    assert True
'''


def test_reads_a_suite(tmp_path):
    (tmp_path / "test_area.py").write_text(SUITE)
    (tmp_path / "test_other.py").write_text("def test_nothing():\n    '''Nothing.'''\n")
    (tmp_path / "probes.py").write_text("# probes\n")
    suite = SuiteSource(tmp_path)
    assert suite.shared == "# probes\n"
    assert [t.name for t in suite.tests("area")] == ["test_rectangle", "test_square"]
    assert [(a.line, a.end_line, a.test) for a in suite.assertions("area")] == [
        (10, 14, "assert_area"),
        (20, 20, "test_rectangle"),
        (24, 24, "test_square"),
    ]
    slips = "\n".join(suite.slips())
    for slip in (
        "test_area.py:3: imports tensorflow",
        "test_area.py:23: test_square has no docstring",
        "test_area.py:24: no hint",
        "test_area.py:25: plain `assert`",
        "test_other.py: no question",
    ):
        assert slip in slips
    assert "test_area.py:19" not in slips, "a helper of the file's own holds hints itself"
