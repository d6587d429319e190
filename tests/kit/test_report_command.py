"""`gradetape report`: the staff report beside the gradebook, and students' pages that say what counts."""

import pytest
from typer.testing import CliRunner

from gradetape.batch.gradebook import FILE, Gradebook
from gradetape.batch.run_folder import held
from gradetape.cli import app
from graded import grade
from toy_course import write_course


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A run of the toy course with two grades, one of them adjusted."""
    write_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "runs" / "week7"
    folder.mkdir(parents=True)
    with Gradebook.open(folder / FILE, "toy") as book:
        book.add("ana", grade("ana"))
        book.add("नेहा शर्मा", grade("नेहा शर्मा", double="failed"))
        book.adjust("ana", "double", -1.5, "a secret reason")
    return folder


def test_it_writes_the_report_and_every_students_pages(run):
    result = CliRunner().invoke(app, ["report", str(run)])
    assert result.exit_code == 0 and result.output.strip().endswith("report.html")
    assert "a secret reason" in (run / "report.html").read_text(encoding="utf-8")
    assert sorted(p.name for p in (run / "feedback").iterdir()) == ["ana.html", "ana.md", "नेहा शर्मा.html", "नेहा शर्मा.md"]
    page = (run / "feedback" / "ana.html").read_text(encoding="utf-8")
    assert "Adjusted by staff: −1.5" in page and "What counts: 6.5 of 10" in page and "secret" not in page
    assert (run / "grades.csv").exists()


def test_while_a_class_is_graded_it_leaves_the_pages_to_the_grading(run):
    with held(run):
        result = CliRunner().invoke(app, ["report", str(run)])
    assert result.exit_code == 0 and "pages are left as they are" in result.output
    assert (run / "report.html").exists() and not (run / "feedback").exists()


def test_a_folder_that_is_no_run_is_named_with_what_to_do(tmp_path, run):
    result = CliRunner().invoke(app, ["report", str(tmp_path)])
    assert result.exit_code == 1 and "no gradebook" in result.output
