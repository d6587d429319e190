"""From an export in to grades out, through the commands. The grading itself is stood in for."""

import csv

import pytest
from typer.testing import CliRunner

import lms_exports as exports
from gradetape.batch import run as batch_run
from gradetape.batch.announce import announce
from gradetape.batch.hand_ins import Collected, HandIn
from gradetape.cli import app
from gradetape.grade_report import GradeReport, QuestionResult, TestResult
from gradetape.submission.read import fingerprint
from rich.console import Console
from test_lms_roster import CANVAS, GRADESCOPE, MOODLE
from toy_course import write_course

ROSTERS = {"gradescope": GRADESCOPE, "canvas": CANVAS, "moodle": MOODLE}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A course with a late policy, and a grader that finds everything right."""
    write_course(tmp_path)
    with open(tmp_path / "grader_config.yaml", "a") as file:
        file.write("late: {percent_a_day: 10}\n")
    monkeypatch.chdir(tmp_path)

    def grade_all(course, name, hand_ins, *, on_report, **how):
        for hand_in in hand_ins:
            test = TestResult(name="t", title="", outcome="passed")
            question = QuestionResult(name="double", title="", points=10, tests=[test])
            on_report(GradeReport(
                assignment=name, submission=hand_in.path.name, student=hand_in.student, sha256=fingerprint(hand_in.path), questions=[question]
            ))

    monkeypatch.setattr(batch_run, "grade_all", grade_all)
    return tmp_path


def say(*words):
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def final(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("system", ROSTERS)
def test_from_each_systems_export_to_its_import(system, here):
    path = exports.zipped(getattr(exports, system)(here / "export"), "export_7")
    (here / "roster.csv").write_text(ROSTERS[system], encoding="utf-8-sig")
    told = say("grade", "toy", path, "--roster", "roster.csv", "--out", "runs/w").stderr
    assert "3 hand-ins" in told or "4 hand-ins" in told
    say("adjust", "ana@uni.example", "double", "-2", "--why", "copied")
    say("export", "runs/w", "--to", system)
    say("export", "runs/w", "--to", "csv")
    ana = next(row for row in final(here / "runs/w/final_csv.csv") if row["email"] == "ana@uni.example")
    assert (ana["raw"], ana["adjustment"]) == ("10", "-2")
    assert ana["final"] == {"gradescope": "6.4", "canvas": "8", "moodle": "6.4"}[system]
    rows = final(here / f"runs/w/final_{system}.csv")
    column = {"gradescope": "Total Score", "canvas": "Toys", "moodle": "Grade"}[system]
    assert ana["final"] in {row[column] for row in rows}


def test_what_is_told_before_grading_starts(here):
    (here / "roster.csv").write_text(GRADESCOPE)
    told = say("grade", "toy", exports.gradescope(here / "export"), "--roster", "roster.csv", "--out", "runs/w").stderr
    said = told.splitlines()
    assert said[0] == "3 hand-ins, 1 by groups, 1 late, from Gradescope's export"
    assert "  not on the roster: No" in said and "  nothing handed in by Zoë Missing" in said
    assert told.index("not on the roster") < told.index("/ 10")


def test_a_roster_that_cannot_be_used_ends_it_before_anything_is_graded(here):
    result = CliRunner().invoke(app, ["grade", "toy", str(exports.canvas(here / "c")), "--roster", "nowhere.csv"])
    assert result.exit_code == 1 and "nowhere.csv: cannot be read" in result.output and not (here / "runs").exists()


class TestAnnounce:
    def said(self, collected):
        console = Console(width=80, record=True, file=open("/dev/null", "w"))
        announce(collected, console)
        return console.export_text()

    def test_nothing_is_said_of_one_file(self, tmp_path):
        assert self.said(Collected([HandIn(tmp_path / "ana.ipynb", "ana")])) == ""

    def test_no_name_writes_to_the_terminal_or_becomes_markup(self, tmp_path):
        said = self.said(Collected([HandIn(tmp_path / "x", "x", "[bold]why[/]\x1b[2J")], notes=["\x1b]0;title\x07[red]note"]))
        assert "  x: [bold]why[/]\n  [red]note\n" in said and "\x1b" not in said
