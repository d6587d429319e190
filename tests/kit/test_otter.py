"""Inside otter: `otter run` with the zip gives the same points as this kit, and what lies beside a notebook is inert."""

from __future__ import annotations

import contextlib
import io
import json
import pickle
import shutil
import zipfile

import nbformat
import pytest

from gradetape.grade_report import GradeReport
from gradetape.gradescope import warm
from gradetape.gradescope.run import run
from gradetape.grading import Grader


class Trap:
    """Unpickling it writes a file."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


@pytest.fixture
def otter_run(tiny, zygote, monkeypatch, tmp_path):
    """Otter's own grading of a hand-in without a container, as `otter run -a … hand-in` does; one zygote for all."""
    from otter.run import main

    monkeypatch.setattr(warm, "zygote", lambda: zygote)

    def run(hand_in):
        with contextlib.redirect_stdout(io.StringIO()) as said:
            results = main(str(hand_in), autograder=str(tiny[1].autograder_zip), output_dir=str(tmp_path), no_logo=True)
        return results, json.loads((tmp_path / "results.json").read_text()), said.getvalue()

    return run


@pytest.fixture
def answers(tiny, tmp_path):
    """A hand-in with one right and one wrong answer, and a cell that fails."""
    notebook = nbformat.read(tiny[0].solution("tiny"), 4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("self.factor * total", "2.5 * total")
    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    path = tmp_path / "tiny.ipynb"
    nbformat.write(notebook, path)
    return path


def test_otter_run_gives_the_same_points(tiny, zygote, otter_run, answers):
    report = Grader(tiny[0], "tiny", zygote.path).grade_file(answers)
    results, shown, said = otter_run(answers)
    scores = {t["name"]: (t["score"], t["max_score"]) for t in shown["tests"] if "score" in t}
    assert scores == {q.title: (q.earned, q.points - q.deferred) for q in report.questions}
    assert scores == {"A sum": (4, 4), "A scaled sum": (2, 4)}
    assert (results.total, results.possible, shown["score"]) == (6, 8, 6)
    kept = GradeReport.model_validate(shown["extra_data"]["gradetape"])
    assert (kept.sha256, kept.earned, kept.versions) == (report.sha256, report.earned, report.versions)
    assert "total: 4 of 6 points" in said and "scale: 2 of 4 points" in said
    assert "ZeroDivisionError" in next(t for t in shown["tests"] if "Cells" in t["name"])["output"]


def test_what_lies_beside_the_notebook_is_neither_imported_nor_unpickled(tiny, otter_run, answers, tmp_path):
    marks = [tmp_path / "imported", tmp_path / "unpickled"]
    hand_in = tmp_path / "hand-in.zip"
    with zipfile.ZipFile(hand_in, "w") as zipped:
        zipped.write(answers, "tiny.ipynb")
        zipped.writestr(".OTTER_LOG", pickle.dumps(Trap(marks[1])))
        for module in ("otter", "ipykernel_launcher", "sitecustomize", "usercustomize", "numpy", "traitlets", "__init__"):
            zipped.writestr(f"{module}.py", f"open({str(marks[0])!r}, 'w')\nraise SystemExit")
        zipped.writestr("tests/questions.py", f"open({str(marks[0])!r}, 'w')")
        zipped.writestr("ipython_config.py", f"open({str(marks[0])!r}, 'w')")
        zipped.writestr("tiny.otter", "{")
    _, shown, _ = otter_run(hand_in)
    assert shown["score"] == 6
    assert not any(mark.exists() for mark in marks)


LATE_WORK = """
from otter.plugins import AbstractOtterPlugin

class LateWork(AbstractOtterPlugin):
    def after_grading(self, results):
        results.update_score("scale", self.submission_metadata["points"])
        results.set_output("Late by a day.")
        results.hide_everything()
"""


def test_other_plugins_work_beside_this_one(tiny, zygote, answers, monkeypatch, tmp_path):
    """One that does what otter's rate limits and grade overrides do; in a folder laid out as on Gradescope."""
    monkeypatch.setattr(warm, "zygote", lambda: zygote)
    monkeypatch.setenv("GRADETAPE_HAND_IN", "")  # what the run sets in this process is undone afterwards
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "plugins")
    (tmp_path / "plugins").mkdir()
    (tmp_path / "plugins" / "late_work.py").write_text(LATE_WORK)
    autograder = tmp_path / "autograder"
    with zipfile.ZipFile(tiny[1].autograder_zip) as zipped:
        zipped.extractall(autograder / "source")
    (autograder / "submission").mkdir()
    shutil.copy(answers, autograder / "submission")
    config = json.loads((autograder / "source" / "otter_config.json").read_text())
    config["plugins"].append("late_work.LateWork")
    (autograder / "source" / "otter_config.json").write_text(json.dumps(config))
    (autograder / "submission_metadata.json").write_text('{"points": 3.5}')

    run(autograder)
    shown = json.loads((autograder / "results" / "results.json").read_text())
    assert shown["score"] == 7.5 and [t["score"] for t in shown["tests"] if "score" in t] == [4, 3.5]
    assert shown["output"].startswith("Late by a day.\n") and "locked by" in shown["output"]
    assert {t["visibility"] for t in shown["tests"]} == {"hidden"}


def test_a_pdf_shows_code_and_nothing_that_is_rendered(tiny, tmp_path, answers):
    from gradetape.gradescope.handin import printable_notebook, take_away

    notebook = nbformat.read(answers, 4)
    notebook.cells.insert(0, nbformat.v4.new_raw_cell("\\input{/etc/passwd}"))
    notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", {"text/html": "<iframe src=file:///etc/passwd>"})]
    folder = tmp_path / "submission"
    folder.mkdir()
    nbformat.write(notebook, folder / "a.ipynb")
    text = nbformat.writes(printable_notebook(take_away(folder), "tiny"))
    assert "/etc/passwd" not in text and "2.5 * total" in text
    (tmp_path / "nothing").mkdir()
    assert "holds no notebook" in nbformat.writes(printable_notebook(tmp_path / "nothing", "tiny"))


def test_links_are_moved_as_links(tmp_path):
    from gradetape.gradescope.handin import take_away

    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "solution.ipynb").write_text("{}")
    folder = tmp_path / "submission"
    folder.mkdir()
    (folder / "all").symlink_to(secret)
    (folder / "a.ipynb").symlink_to(secret / "solution.ipynb")
    (folder / "tests").mkdir()
    private = take_away(folder, keep={"tests"})
    assert sorted(p.name for p in private.iterdir()) == ["a.ipynb", "all"]
    assert all(p.is_symlink() for p in private.iterdir()) and list(folder.iterdir()) == [folder / "tests"]
    assert private.parent.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(private)
    assert (secret / "solution.ipynb").exists()
