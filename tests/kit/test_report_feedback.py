"""The feedback page: what it says, what it never says, and whether everyone can read it."""

import re

import pytest

from gradetape.config import Course, CourseConfig
from gradetape.grade_report import CellProblem, GradeReport, QuestionResult, TestResult
from gradetape.report import write_feedback
from gradetape.report.feedback import feedback_markdown, feedback_page
from web_page import Outline, contrast, palette

TESTS = [
    TestResult(name="test_secret_name", title="It is zero at the prior", outcome="passed", visible=True),
    TestResult(name="test_formula", title="It matches the formula", outcome="failed", hint="Which axis does `ops.sum` take?", detail="expected 3.14159, got 2"),
    TestResult(name="test_raises", title="It has a gradient", outcome="error", detail="expected 2.71828", traceback="<cell 4>, line 2\nNameError: name 'klo' is not defined"),
    TestResult(name="test_again", title="It takes any size", outcome="error", detail="expected 2.71828", traceback="<cell 4>, line 2\nNameError: name 'klo' is not defined"),
    TestResult(name="test_trains", title="It trains on digits", outcome="deferred", gpu=True),
]
REPORT = GradeReport(
    assignment="vae", submission="ana.ipynb", student="Ana", cells=[CellProblem(cell=7, error="SyntaxError: bad", traceback="line 3")],
    questions=[
        QuestionResult(name="kl", title="The divergence", points=50, tests=TESTS),
        QuestionResult(name="generate", title="New images", points=50, tests=[TestResult(name="t", title="Shape", outcome="missing")]),
    ],
    output="printed by the student", sandbox="locked by limits",
)


def course(tmp_path, **feedback):
    config = {
        "course": "Advanced Keras", "feedback": feedback,
        "assignments": {"vae": {"title": "Variational autoencoder", "points": 1, "minutes": 1, "questions": {"kl": {"title": "x", "points": 1, "stub": "kl"}}}},
    }
    return Course(tmp_path, CourseConfig.model_validate(config))


@pytest.fixture
def page(tmp_path):
    return feedback_page(REPORT, course(tmp_path))


def test_it_says_what_passed_what_failed_and_why(page):
    for said in ("Variational autoencoder", "Ana", "The divergence", "10 of 50 points", "It is zero at the prior", "It matches the formula",
                 "Wrong answer", "Which axis does <code>ops.sum</code> take?", "NameError: name &#39;klo&#39; is not defined", "Cell 7", "SyntaxError: bad",
                 "It trains on digits", "10 more points wait", "Not written yet"):
        assert said in page, said


def test_tests_that_failed_in_the_same_way_stand_together(page):
    assert page.count("NameError") == 1 and page.index("It has a gradient") < page.index("It takes any size") < page.index("NameError")


def test_a_page_of_the_gpu_tier_says_that_the_others_count_elsewhere(tmp_path):
    page = feedback_page(REPORT.model_copy(update={"tier": "gpu"}), course(tmp_path))
    assert "Only the tests that run on a GPU are counted here" in page and "Runs later" not in page


def test_how_the_code_ended_is_no_hint(tmp_path):
    ended = TestResult(name="t", title="T", outcome="crash", hint="The code ended Python itself", detail="the code ended Python itself")
    questions = [QuestionResult(name="q", title="Q", points=1, tests=[ended])]
    page = feedback_page(REPORT.model_copy(update={"questions": questions}), course(tmp_path))
    assert "Ended the process. The code ended Python itself" in page and "<b>Hint</b>" not in page


@pytest.mark.parametrize("secret", ["3.14159", "2.71828", "expected", "test_secret_name", "test_formula", "locked by"])
def test_expected_values_test_names_and_locks_are_nowhere(secret, page):
    assert secret not in page


@pytest.mark.parametrize(
    "key, hidden, told",
    [
        ("hidden_tests", ["It matches the formula", "It has a gradient"], ["It is zero at the prior", "4 tests count"]),
        ("visible_tests", ["It is zero at the prior"], ["It matches the formula", "1 test counts"]),
        ("hints", ["Which axis does <code>ops.sum</code> take?"], ["It matches the formula"]),
        ("tracebacks", ["NameError", "SyntaxError"], ["It has a gradient", "Raised an error"]),
    ],
)
def test_what_is_never_to_be_seen_is_not_on_it(key, hidden, told, tmp_path):
    page = feedback_page(REPORT, course(tmp_path, **{key: "never"}))
    assert not [text for text in hidden if text in page] and all(text in page for text in told)
    published = feedback_page(REPORT, course(tmp_path, **{key: "after_publication"}))
    assert all(text in published for text in hidden)


def test_markup_of_a_student_is_text(tmp_path):
    evil = '`<script>alert(1)</script>`"><img src=x onerror=alert(1)>'
    tests = [TestResult(name="t", title="T", outcome="error", traceback=evil)]
    page = feedback_page(
        REPORT.model_copy(update={"student": evil, "submission": evil, "problem": evil, "cells": [CellProblem(cell=1, error=evil, traceback=evil)],
                                  "questions": [QuestionResult(name="q", title="Q", points=1, tests=tests)]}),
        course(tmp_path))
    assert not {tag for tag, _ in Outline(page).tags} & {"script", "img"}
    assert not [attrs for _, attrs in Outline(page).tags if "onerror" in attrs]


def test_a_hand_in_that_could_not_be_read_has_a_page_with_the_reason(tmp_path):
    questions = [QuestionResult(name="q", title="Q", points=100, tests=[])]
    unread = GradeReport(assignment="vae", submission="a.pdf", student="Ana", questions=questions, problem="a.pdf is not a notebook.")
    page = write_feedback(unread, course(tmp_path), tmp_path / "feedback").read_text(encoding="utf-8")
    assert "a.pdf is not a notebook." in page and "href" not in page


def test_it_needs_nothing_else(page):
    Outline(page).needs_nothing()


def test_a_screen_reader_finds_its_way(page):
    outline = Outline(page)
    outline.sound()
    assert [attrs for tag, attrs in outline.tags if tag == "pre"]


PAIRS = [("ink", "paper"), ("ink", "card"), ("ink", "hint"), ("ink", "code"), ("soft", "paper"), ("soft", "card"),
         ("soft", "hint"), ("good", "paper"), ("bad", "paper"), ("bad", "card"), ("later", "paper")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text, ground", PAIRS)
def test_text_stands_out_from_its_ground(text, ground, scheme):
    """WCAG 2.2, level AA: a contrast of at least 4.5."""
    assert contrast(palette(scheme)[text], palette(scheme)[ground]) >= 4.5
