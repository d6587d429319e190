"""`gradetape demo` for real: every right answer gets all points, every wrong one its named loss, every broken one a reason."""

import csv
import io
import json
import re
import shutil

import pytest
from rich.console import Console

from gradetape import demo
from gradetape.config import CONFIG_NAME, Course, load_config
from gradetape.verification.answers import read_answers


@pytest.fixture(scope="module")
def made(course, tmp_path_factory):
    """The demo's run, in a copy of the course: a release rewrites the course's generated files."""
    root = tmp_path_factory.mktemp("course")
    for part in ("assignments", "tests"):
        shutil.copytree(course.root / part, root / part, ignore=shutil.ignore_patterns("kit", "__pycache__"))
    for file in (CONFIG_NAME, "requirements.lock"):
        shutil.copy(course.root / file, root / file)
    copied = Course(root, load_config(root / CONFIG_NAME))
    run = demo.run_demo(copied, root / "out", Console(file=io.StringIO()))
    return copied, run, {report.student: report for report in run.reports}


def lost(report):
    return {q.name for q in report.questions if q.earned + q.deferred < q.points}


def test_sixteen_hand_ins_are_graded_without_a_fault(made):
    _, run, reports = made
    assert len(reports) == len(run.reports) == 16 and not any(report.fault for report in run.reports)


@pytest.mark.parametrize("name", demo.RIGHT)
def test_right_answers_of_every_style_get_all_points(name, made):
    report = made[2][name]
    assert not report.problem and not lost(report) and report.full


@pytest.mark.parametrize("number, question", list(enumerate(demo.WRONG)))
def test_a_wrong_answer_fails_the_tests_that_name_it_and_no_other_question(number, question, made):
    course, _, reports = made
    bank = read_answers(course.answers("vae"), course.assignment("vae").questions)
    answer = demo.pick(bank, "wrong", question, number)
    report = reports[demo.WRONG[question]]
    assert lost(report) == {question}
    (graded,) = (q for q in report.questions if q.name == question)
    failing = {re.sub(r"\[.*", "", t.name) for t in graded.tests if t.outcome != "passed"}
    named = {re.sub(r"\[.*", "", name) for name in answer.fails}
    assert named & {re.sub(r"\[.*", "", t.name) for t in graded.tests if t.outcome != "deferred"} <= failing


def test_the_untouched_stub_gets_nothing_and_is_told_so(made):
    report = made[2][demo.UNTOUCHED]
    assert report.earned == 0 and {t.outcome for q in report.questions for t in q.tests} <= {"missing", "deferred"}


def test_half_a_notebook_gets_half_and_a_syntax_error_costs_its_question(made):
    report = made[2][demo.HALF_DONE]
    assert lost(report) == {"kl_divergence", "train_step", "generate"}
    assert any("SyntaxError" in cell.error for cell in report.cells)


@pytest.mark.parametrize("name, question, outcome", [(demo.CRASHES, "encoder", "crash"), (demo.LOOPS, "generate", "timeout")])
def test_a_crash_and_a_loop_cost_their_question(name, question, outcome, made):
    report = made[2][name]
    assert lost(report) == {question}
    assert {t.outcome for q in report.questions if q.name == question for t in q.tests} <= {outcome, "deferred"}


def test_what_is_no_notebook_gets_a_reason(made):
    assert "is not a notebook: it is a PDF" in made[2][demo.NO_NOTEBOOK].problem


def test_everything_is_written(made):
    course, run, reports = made
    out = course.root / "out"
    with open(out / "grades.csv", encoding="utf-8-sig", newline="") as file:
        assert {row["student"] for row in csv.DictReader(file)} == set(reports)
    assert {p.stem for p in (out / "feedback").iterdir()} == {p.stem for p in (out / "reports").iterdir()} == set(reports)
    assert sorted(p.name for p in (course.root / "dist" / "vae").iterdir()) == ["vae-autograder.zip", "vae-solution.ipynb", "vae-student.zip"]
    graded_under = json.loads((out / "reports" / f"{demo.RIGHT[0]}.json").read_text(encoding="utf-8"))["sandbox"]
    assert graded_under.startswith("locked by")


def test_what_it_says_to_open_is_there(made):
    course = made[0]
    assert all((course.root / place).exists() for place in demo.what_to_open(course.root / "out"))


def test_no_page_tells_what_a_test_expected(made):
    course, run, reports = made
    details = [t.detail for r in run.reports for q in r.questions for t in q.tests if t.outcome == "failed"]
    pages = "".join(p.read_text(encoding="utf-8") for p in (course.root / "out" / "feedback").iterdir())
    assert details and not [detail for detail in details if detail in pages]

