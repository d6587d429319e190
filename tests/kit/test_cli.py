"""The commands: what they print, how they end, what they leave. The grading itself is stood in for."""

import json
import sys

import pytest
from typer.testing import CliRunner

from gradetape import cli
from gradetape.batch import run as batch_run
from gradetape.batch.pool import BrokenGrader
from gradetape.grade_report import GradeReport, QuestionResult, TestResult
from gradetape.sandbox.locks import LocksMissing
from gradetape.submission.read import fingerprint

CONFIG = """\
course: Advanced Keras
assignments:
  vae:
    title: Variational autoencoder
    points: 10
    minutes: 90
    questions:
      kl: {title: The divergence, points: 10, stub: kl}
"""


def graded(hand_in, fault=False):
    outcome = "failed" if "bad" in hand_in.student else "passed"
    test = TestResult(name="test_it", title="It matches the formula", outcome=outcome, hint="Which axis?")
    questions = [QuestionResult(name="kl", title="The divergence", points=10, tests=[] if fault else [test])]
    return GradeReport(
        assignment="vae", submission=hand_in.path.name, student=hand_in.student, sha256=fingerprint(hand_in.path),
        questions=questions, problem="died" * fault, fault=fault,
    )


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A course with hand-ins, and a grader that fails those called `bad` and breaks on those called `fault`."""
    (tmp_path / "grader_config.yaml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)

    def grade_all(course, name, hand_ins, *, on_report, workers, tier, gpu, unlocked):
        for hand_in in hand_ins:
            on_report(graded(hand_in, "fault" in hand_in.student))

    monkeypatch.setattr(batch_run, "grade_all", grade_all)
    return tmp_path


def hand_in(folder, *names):
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / f"{name}.ipynb").write_text("{}")
    return folder


def gradetape(*arguments):
    return CliRunner().invoke(cli.app, [str(a) for a in arguments])


@pytest.mark.parametrize("command", ["grade", "merge", "history", "release", "verify", "new", "doctor", "demo"])
def test_every_command_explains_itself(command):
    ended = gradetape(command, "--help")
    assert ended.exit_code == 0 and "Usage" in ended.output


def test_one_hand_in_is_shown_in_full_and_writes_nothing(here):
    hand_in(here, "bad")
    ended = gradetape("grade", "vae", here / "bad.ipynb")
    assert ended.exit_code == 0
    assert "It matches the formula" in ended.stdout and "Which axis?" in ended.stdout
    assert not (here / "runs").exists()


def test_a_class_is_shown_as_a_table_and_written(here):
    hand_in(here / "class", "ana", "bad")
    ended = gradetape("grade", "vae", here / "class", "--out", here / "out")
    assert ended.exit_code == 0
    assert "kl fails “It matches the" in ended.stdout and "[2/2]" in ended.stderr
    written = {str(p.relative_to(here / "out")) for p in (here / "out").rglob("*.*")}
    assert written == {"gradebook.sqlite", ".lock", "grades.csv", "reports/ana.json", "reports/bad.json", "feedback/ana.html", "feedback/ana.md", "feedback/bad.html", "feedback/bad.md"}


def test_a_class_goes_to_runs_unless_told_otherwise(here):
    hand_in(here / "class", "ana", "bùi")
    assert gradetape("grade", "vae", here / "class").exit_code == 0
    assert (here / "runs" / "vae" / "grades.csv").is_file()


def test_two_of_one_name_both_keep_their_files(here):
    a, b = hand_in(here / "a", "vae"), hand_in(here / "b", "vae")
    gradetape("grade", "vae", a / "vae.ipynb", b / "vae.ipynb", "--out", here / "out")
    assert sorted(p.name for p in (here / "out" / "feedback").iterdir() if p.suffix == ".html") == ["vae (2).html", "vae.html"]


def test_json_is_all_that_is_on_standard_output(here):
    hand_in(here / "class", "ana", "bad")
    ended = gradetape("grade", "vae", here / "class", "--json", "--out", here / "out")
    assert [(r["student"], r["earned"]) for r in json.loads(ended.stdout)] == [("ana", 10), ("bad", 0)]


def test_a_fault_of_the_kit_is_an_error_but_loses_no_one(here):
    hand_in(here / "class", "ana", "fault")
    ended = gradetape("grade", "vae", here / "class", "--out", here / "out")
    assert ended.exit_code == 1 and "Error: not graded, through no fault of theirs: fault" in ended.stderr
    assert (here / "out" / "reports" / "ana.json").is_file() and (here / "out" / "reports" / "fault.json").is_file()


@pytest.mark.parametrize("kind, status", [(BrokenGrader, 1), (LocksMissing, 1), (KeyboardInterrupt, 130)])
def test_what_was_graded_before_the_end_is_kept(kind, status, here, monkeypatch):
    def grade_all(course, name, hand_ins, *, on_report, **_):
        on_report(graded(hand_ins[0]))
        raise kind("the suite is broken")

    monkeypatch.setattr(batch_run, "grade_all", grade_all)
    hand_in(here / "class", "ana", "bùi")
    ended = gradetape("grade", "vae", here / "class", "--out", here / "out")
    assert ended.exit_code == status and "Error" in ended.stderr
    assert "ana" in (here / "out" / "grades.csv").read_text()


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["grade", "vea", "x.ipynb"], "no assignment 'vea'; it has: vae"),
        (["grade", "vae", "x.ipynb"], "x.ipynb: no such file"),
        (["release"], "name the assignments, or say --all"),
        (["release", "vae", "--all"], "name the assignments, or say --all"),
        (["release", "vae"], "vae.py: missing"),
    ],
)
def test_errors_name_the_cause_and_the_next_step(arguments, said, here):
    ended = gradetape(*arguments)
    assert ended.exit_code != 0 and said in ended.stderr and "Traceback" not in ended.output


def test_the_gpu_tier_wants_a_gpu_or_patience(here, monkeypatch):
    monkeypatch.setattr("gradetape.doctor.gpu_present", lambda: False)
    hand_in(here, "ana")
    ended = gradetape("grade", "vae", here / "ana.ipynb", "--tier", "gpu")
    assert ended.exit_code == 1 and "no GPU on this machine: grade where there is one, or add --on-cpu" in ended.stderr
    assert gradetape("grade", "vae", here / "ana.ipynb", "--tier", "gpu", "--on-cpu").exit_code == 0


def test_on_a_cluster_the_gpu_is_elsewhere(here, monkeypatch):
    asked = {}
    monkeypatch.setattr("gradetape.doctor.gpu_present", lambda: False)
    monkeypatch.setattr(batch_run, "_on_cluster", lambda course, name, hand_ins, *, on_report, say, **how: asked.update(how))
    hand_in(here / "class", "ana", "bùi")
    gradetape("grade", "vae", here / "class", "--tier", "gpu", "--dask", "tcp://10.0.0.5:8786")
    assert asked == {"dask": "tcp://10.0.0.5:8786", "tier": "gpu", "gpu": True, "unlocked": False}
    assert "no GPU on this machine" in gradetape("grade", "vae", here / "class", "--tier", "gpu", "--dask", "local:2").stderr
    assert "--workers is for this machine" in gradetape("grade", "vae", here / "class", "--workers", "2", "--dask", "local:2").stderr


def test_without_dask_its_extra_is_named(here, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "gradetape.batch.dask_run", raising=False)
    hand_in(here / "class", "ana", "bùi")
    ended = gradetape("grade", "vae", here / "class", "--dask", "local:2")
    assert ended.exit_code == 1 and "pip install 'gradetape[cluster]'" in ended.stderr


def test_outside_a_course_it_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = gradetape("grade", "vae", "x.ipynb")
    assert ended.exit_code == 1 and "no grader_config.yaml in" in ended.stderr


def test_a_configuration_that_does_not_hold_is_named_with_its_line(here):
    (here / "grader_config.yaml").write_text(CONFIG.replace("points: 10, stub", "points: 9, stub"))
    ended = gradetape("grade", "vae", "x.ipynb")
    assert ended.exit_code == 1 and "add up to 9" in ended.stderr


def test_a_folder_that_cannot_be_written_is_named(here):
    hand_in(here / "class", "ana", "bùi")
    (here / "out").write_text("a file stands in the way")
    ended = gradetape("grade", "vae", here / "class", "--out", here / "out")
    assert ended.exit_code == 1 and "out" in ended.stderr and "--out" in ended.stderr


def test_doctor_ends_with_status_1_where_grading_would_not_be_safe(here, monkeypatch):
    from gradetape.doctor import Finding

    monkeypatch.setattr("gradetape.doctor.examine", lambda course: [Finding("seccomp", "bad", "missing", "install libseccomp")])
    ended = gradetape("doctor")
    assert ended.exit_code == 1 and "install libseccomp" in ended.stdout


class TestRunFolders:
    @pytest.fixture(autouse=True)
    def versions(self, monkeypatch):
        monkeypatch.setattr(batch_run.ClassRun, "_versions", lambda run, book: {})

    def test_the_same_command_shows_the_whole_class_again_and_grades_nobody(self, here, monkeypatch):
        hand_in(here / "class", "ana", "bad")
        gradetape("grade", "vae", here / "class")
        monkeypatch.setattr(batch_run, "grade_all", None)
        ended = gradetape("grade", "vae", here / "class")
        assert ended.exit_code == 0 and "2 graded already. To grade now: 0" in ended.stderr and "ana" in ended.stdout

    def test_regrade_grades_again(self, here):
        hand_in(here / "class", "ana", "bad")
        gradetape("grade", "vae", here / "class")
        assert "[2/2]" in gradetape("grade", "vae", here / "class", "--regrade", "all").stderr
        assert "[1/1] ana" in gradetape("grade", "vae", here / "class", "--regrade", "Ana").stderr
        assert "no student 'anna'" in gradetape("grade", "vae", here / "class", "--regrade", "anna").stderr

    def test_one_more_hand_in_joins_the_run_and_is_shown_in_full(self, here):
        hand_in(here / "class", "ana", "bad")
        hand_in(here, "zoë")
        gradetape("grade", "vae", here / "class")
        ended = gradetape("grade", "vae", here / "zoë.ipynb", "--out", here / "runs" / "vae", "--json")
        assert [r["student"] for r in json.loads(ended.stdout)] == ["zoë"]
        assert len((here / "runs" / "vae" / "grades.csv").read_text().splitlines()) == 4

    def test_history_shows_every_grade(self, here):
        hand_in(here / "class", "ana", "bad")
        gradetape("grade", "vae", here / "class")
        gradetape("grade", "vae", here / "class", "--regrade", "all")
        ended = gradetape("history", "BAD")
        assert ended.exit_code == 0 and ended.stdout.count("kl fails “It matches the formula”") == 2 and "Counts now: 0 / 10" in ended.stdout
        told = json.loads(gradetape("history", "bad", "--json").stdout)
        assert [(k["student"], k["earned"]) for k in told] == [("bad", 0)] * 2 and told[0]["at"] < told[1]["at"]

    def test_grades_given_elsewhere_are_merged_and_published(self, here):
        hand_in(here / "class", "ana", "bad")
        (here / "class" / "bad.ipynb").write_text("one version")
        gradetape("grade", "vae", here / "class", "--out", here / "elsewhere")
        (here / "class" / "bad.ipynb").write_text("another version")
        gradetape("grade", "vae", here / "class", "--out", here / "out")
        reports = sorted((here / "elsewhere" / "reports").iterdir())
        ended = gradetape("merge", *reports, "--run", here / "out")
        assert ended.exit_code == 1 and "0 grades added, 1 known already" in ended.stdout and "handed in bad.ipynb" in ended.stderr
        assert "cannot be read as grades" in gradetape("merge", here / "class" / "bad.ipynb", "--run", here / "out").stderr

    def test_history_of_nobody_and_of_no_run_is_told(self, here):
        assert "holds no run; name its folder with --run" in gradetape("history", "ana").stderr
        hand_in(here / "class", "ana", "bad")
        gradetape("grade", "vae", here / "class", "--out", here / "out")
        ended = gradetape("history", "anna", "--run", here / "out")
        assert ended.exit_code == 1 and "no student 'anna'" in ended.stderr
        assert "there is no gradebook" in gradetape("history", "ana", "--run", here / "nowhere").stderr

    def test_a_run_of_another_assignment_is_refused(self, here):
        (here / "grader_config.yaml").write_text(CONFIG + CONFIG.partition("assignments:\n")[2].replace("vae:", "gan:"))
        hand_in(here / "class", "ana", "bad")
        gradetape("grade", "vae", here / "class", "--out", here / "out")
        ended = gradetape("grade", "gan", here / "class", "--out", here / "out")
        assert ended.exit_code == 1 and "is the gradebook of vae, not of gan" in ended.stderr
