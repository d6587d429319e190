"""A grade as Gradescope shows it: when what is shown, and what never is."""

from __future__ import annotations

import pytest

from gradetape.config import Feedback
from gradetape.grade_report import CellProblem, GradeReport, QuestionResult, TestResult
from gradetape.gradescope.results import entries, summary

SECRET = "expected 0.5 4711"


def report(**more) -> GradeReport:
    shown = TestResult(name="t1", title="Is a scalar.", outcome="passed", visible=True)
    wrong = TestResult(name="t2", title="Sums.", outcome="failed", hint="Which axis?", detail=SECRET)
    broken = TestResult(name="t3", title="Is fast.", outcome="error", traceback="cell 3, line 1\nTypeError: no", detail=SECRET)
    unwritten = TestResult(name="t4", title="Is there.", outcome="missing", traceback="NotImplementedError", detail=SECRET)
    later = TestResult(name="t5", title="Trains.", outcome="deferred", gpu=True)
    questions = [
        QuestionResult(name="kl", title="KL", points=10, tests=[shown, wrong, broken, unwritten, later]),
        QuestionResult(name="step", title="Step", points=5, tests=[shown]),
    ]
    return GradeReport(assignment="vae", submission="a.ipynb", student="a", questions=questions, sandbox="locked", **more)


def at(found: list[dict], visibility: str) -> str:
    return "\n".join(e["name"] + "\n" + e["output"] for e in found if e["visibility"] == visibility)


def test_by_default_a_student_sees_errors_at_once_and_the_rest_after_publication():
    found = entries(report(), Feedback())
    now, then = at(found, "visible"), at(found, "after_published")
    assert "✓ Is a scalar." in now and "TypeError: no" in now
    assert "Sums" not in now and "Is fast" not in now and "Which axis?" not in now
    assert "✗ Sums. (wrong answer)\n    Hint: Which axis?" in then and "TypeError: no" in then
    assert "✗ Is there. (not written yet)" in then and "NotImplementedError" not in now + then
    assert "… Trains. (waits" in then


@pytest.mark.parametrize("tests", ["at_once", "after_publication", "never"])
@pytest.mark.parametrize("hints", ["at_once", "after_publication", "never"])
def test_points_come_once_with_the_hidden_tests_and_nothing_comes_early(tests, hints):
    feedback = Feedback(hidden_tests=tests, hints=hints, tracebacks="never")
    found = entries(report(cells=[CellProblem(cell=2, error="ValueError", traceback="cell 2")]), feedback)
    scored = [e for e in found if "question" in e]
    where = {"at_once": "visible", "after_publication": "after_published", "never": "hidden"}
    assert [e["question"] for e in scored] == ["kl", "step"]
    assert {e["visibility"] for e in scored} == {where[tests]}
    order = list(where.values())
    for place, visibility in enumerate(order):
        text = "\n".join(at(found, v) for v in order[: place + 1])
        assert ("Sums." in text) == (order.index(where[tests]) <= place)
        assert ("Which axis?" in text) == (order.index(where[hints]) <= place)
        assert ("TypeError" in text) == ("ValueError" in text) == (visibility == "hidden")


@pytest.mark.parametrize("when", ["at_once", "after_publication", "never"])
def test_expected_values_are_in_none_of_it(when):
    feedback = Feedback(visible_tests=when, hidden_tests=when, hints=when, tracebacks=when)
    assert "4711" not in str(entries(report(notes=["odd"]), feedback)) + summary(report())


def test_a_hand_in_that_could_not_be_graded_says_so_at_once():
    empty = report(problem="a.ipynb is empty. Save it.")
    for question in empty.questions:
        question.tests.clear()
    found = entries(empty, Feedback())
    assert found[0]["visibility"] == "visible" and found[0]["output"] == "a.ipynb is empty. Save it."
    assert [e["status"] for e in found] == ["failed"] * 3


def test_the_summary_tells_nothing_of_the_tests():
    assert summary(report()) == "Where your code ran: locked.\n2 of the 15 points wait for tests on a GPU; they are added later."


def test_what_a_student_prints_cannot_move_a_terminal():
    text = report(cells=[CellProblem(cell=1, error="E\x1b[2J", traceback="\x1b]0;title\x07\ud800x")])
    assert "\x1b" not in str(entries(text, Feedback())) and "\ud800" not in str(entries(text, Feedback()))
