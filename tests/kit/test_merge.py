"""Grades from elsewhere find whose they are by the hand-in's bytes."""

import json

import pytest
import yaml

from gradetape.batch.gradebook import Gradebook
from gradetape.batch.merge import NoGrades, merge, read_grades
from gradetape.gradescope.results import verdicts
from gradetape.report import write_json
from graded import grade, handed_in, of_gpu
from gradetape.submission.read import fingerprint


@pytest.fixture
def book(tmp_path):
    with Gradebook.open(tmp_path / "run" / "gradebook.sqlite", "toy") as opened:
        opened.expect(handed_in(tmp_path / "in", "ana", "bùi"))
        yield opened


@pytest.fixture
def sha256(tmp_path, book):
    return {name: fingerprint(tmp_path / "in" / f"{name}.ipynb") for name in ("ana", "bùi")}


def on_gradescope(report):
    """A results.json as Gradescope keeps it."""
    return {"score": 8, "tests": [{"name": "Doubling"}], "extra_data": {"gradetape": verdicts(report)}}


def earned(book):
    return {row.student: (row.report.earned, row.report.deferred) for row in book.rows() if row.report}


def test_a_gradescope_result_and_a_local_gpu_tier_make_one_grade(book, sha256, tmp_path):
    book.add("ana", of_gpu(sha256=sha256["ana"]))
    (tmp_path / "results.json").write_text(json.dumps(on_gradescope(grade("submission", sha256=sha256["ana"]))))
    assert merge(book, [tmp_path / "results.json"]).added == ["ana"] and earned(book) == {"ana": (10, 0)}


def test_a_whole_export_is_taken_at_once(book, sha256, tmp_path):
    metadata = {
        f"submission_{number}": {":submitters": [{":name": name}], ":results": on_gradescope(grade("x", sha256=sha, double="failed"))}
        for number, (name, sha) in enumerate(sha256.items())
    }
    (tmp_path / "submission_metadata.yml").write_text(yaml.safe_dump(metadata))
    assert merge(book, [tmp_path / "submission_metadata.yml"]).added == ["ana", "bùi"]
    assert earned(book) == {"ana": (6, 2), "bùi": (6, 2)} and book.rows()[0].report.questions[0].tests[1].gpu is True


def test_reports_of_a_run_elsewhere_are_taken(book, sha256, tmp_path):
    book.add("ana", grade(sha256=sha256["ana"]))
    file = write_json(of_gpu("x", sha256=sha256["ana"]), tmp_path / "reports")
    assert merge(book, [file]).added == ["ana"] and earned(book) == {"ana": (10, 0)}


def test_what_is_known_is_not_added_twice(book, sha256, tmp_path):
    book.add("ana", grade(sha256=sha256["ana"], notes=["with all that staff want to know"]))
    (tmp_path / "results.json").write_text(json.dumps(on_gradescope(grade(sha256=sha256["ana"]))))
    done = merge(book, [tmp_path / "results.json"])
    assert (done.added, done.known) == ([], 1) and book.rows()[0].report.notes


def test_what_nobody_handed_in_is_told(book, tmp_path):
    file = write_json(grade("stranger", sha256="of another file"), tmp_path / "reports")
    assert merge(book, [file]).nobodys == ["stranger.ipynb"] and earned(book) == {}


@pytest.mark.parametrize(
    "text, said",
    [
        ("{}", "holds no grades; give a file of reports/"),
        ("student,points", "cannot be read as grades"),
        (json.dumps({"assignment": "toy", "submission": "x", "questions": 3}), "cannot be read as grades"),
    ],
)
def test_a_file_without_grades_is_told(book, tmp_path, text, said):
    (tmp_path / "file.json").write_text(text)
    with pytest.raises(NoGrades, match=f"file.json: {said}"):
        read_grades(tmp_path / "file.json", "toy")


def test_grades_of_another_assignment_are_refused_before_anything_is_added(book, sha256, tmp_path):
    good = write_json(grade("ana", sha256=sha256["ana"]), tmp_path / "reports")
    bad = write_json(grade("x", sha256=sha256["ana"]).model_copy(update={"assignment": "vae"}), tmp_path / "reports")
    with pytest.raises(NoGrades, match="holds grades of vae, and this run is of toy"):
        merge(book, [good, bad])
    assert earned(book) == {}


def test_what_gradescope_keeps_tells_outcomes_and_nothing_else():
    told = json.dumps(verdicts(with_secrets()))
    assert '"failed"' in told and not [word for word in ("expected 4711", "Which axis", "Traceback", "printed", "def ", "test.py:3") if word in told]


def with_secrets():
    report = grade(double="failed", notes=["expected 4711"], output="printed", answers={"double": "def double(x): …"})
    test = report.questions[0].tests[0]
    test.detail, test.hint, test.traceback = "expected 4711", "Which axis?", "Traceback"
    return report
