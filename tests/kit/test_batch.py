"""Many hand-ins: who handed in what, and processes that may die."""

import contextlib
import json
import unicodedata
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from gradetape.batch import hand_ins as module
from gradetape.batch import local
from gradetape.batch.hand_ins import HandIn, NothingToGrade, collect
from gradetape.batch.pool import BrokenGrader, Fault, run

NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def put(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(NOTEBOOK)
    return folder


def zipped(path, *names):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, NOTEBOOK)
    return path


def students(paths, tmp_path):
    return [hand_in.student for hand_in in collect(paths, tmp_path / "scratch").hand_ins]


class TestCollect:
    def test_a_file_is_one_hand_in(self, tmp_path):
        put(tmp_path, "ana.ipynb")
        assert collect([tmp_path / "ana.ipynb"], tmp_path).hand_ins == [HandIn(tmp_path / "ana.ipynb", "ana")]

    def test_a_folder_is_a_class_sorted_by_name(self, tmp_path):
        put(tmp_path / "class", "Zoë.ipynb", "ana.ipynb", "essay.pdf", "bùi/vae.ipynb", "bùi/data.npz")
        assert students([tmp_path / "class"], tmp_path) == ["ana", "bùi", "essay", "Zoë"]

    def test_what_systems_leave_behind_is_no_hand_in(self, tmp_path):
        put(tmp_path / "class", "ana.ipynb", ".DS_Store", "__MACOSX/._ana.ipynb", ".ipynb_checkpoints/ana.ipynb", "Thumbs.db")
        assert students([tmp_path / "class"], tmp_path) == ["ana"]

    def test_a_zip_of_one_notebook_is_one_hand_in(self, tmp_path):
        path = zipped(tmp_path / "ana.zip", "vae/vae.ipynb", "vae/digits.npz", "__MACOSX/vae/._vae.ipynb")
        assert collect([path], tmp_path / "scratch").hand_ins == [HandIn(path, "ana")]

    def test_a_zip_of_many_is_a_class(self, tmp_path):
        path = zipped(tmp_path / "export.zip", "export/ana.ipynb", "export/bùi.zip", "export/zoë/vae.ipynb")
        found = collect([path], tmp_path / "scratch").hand_ins
        assert [h.student for h in found] == ["ana", "bùi", "zoë"]
        assert found[0].path.read_text() == NOTEBOOK

    def test_a_broken_zip_is_one_hand_in(self, tmp_path):
        (tmp_path / "ana.zip").write_bytes(b"PK\x03\x04 and no more")
        assert students([tmp_path / "ana.zip"], tmp_path) == ["ana"]

    def test_no_name_in_a_zip_leads_out_of_the_folder(self, tmp_path):
        path = zipped(tmp_path / "export.zip", "../../outside.ipynb", "/root.ipynb", "..\\windows.ipynb", "ana.ipynb")
        found = collect([path], tmp_path / "scratch").hand_ins
        assert [h.student for h in found] == ["ana", "outside", "root", "windows"]
        assert all(h.path.is_relative_to(tmp_path / "scratch") for h in found)
        assert not (tmp_path / "outside.ipynb").exists()

    def test_a_link_in_a_zip_is_mere_text(self, tmp_path):
        path = zipped(tmp_path / "export.zip", "ana.ipynb", "bùi.ipynb")
        with zipfile.ZipFile(path, "a") as archive:
            link = zipfile.ZipInfo("link.ipynb")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
        (found,) = [h for h in collect([path], tmp_path / "scratch").hand_ins if h.student == "link"]
        assert not found.path.is_symlink() and found.path.read_text() == "/etc/passwd"

    def test_links_in_a_folder_are_not_to_be_opened(self, tmp_path):
        put(tmp_path, "solution.ipynb", "others/vae.ipynb", "class/ana.ipynb")
        (tmp_path / "class" / "bùi.ipynb").symlink_to(tmp_path / "solution.ipynb")
        (tmp_path / "class" / "zoë").symlink_to(tmp_path / "others")
        problems = {h.student: h.problem for h in collect([tmp_path / "class"], tmp_path).hand_ins}
        assert not problems["ana"] and "bùi.ipynb is a link" in problems["bùi"] and "zoë is a link" in problems["zoë"]

    def test_a_link_that_the_ta_names_is_followed(self, tmp_path):
        put(tmp_path, "ana.ipynb")
        (tmp_path / "latest.ipynb").symlink_to(tmp_path / "ana.ipynb")
        assert collect([tmp_path / "latest.ipynb"], tmp_path).hand_ins == [HandIn(tmp_path / "latest.ipynb", "latest")]

    def test_a_bomb_in_a_zip_is_cut_off(self, tmp_path, monkeypatch):
        monkeypatch.setattr(module, "MAX_BYTES", 1000)
        path = zipped(tmp_path / "export.zip", "ana.ipynb")
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("bomb.ipynb", "0" * 10**6)
        sizes = {h.student: h.path.stat().st_size for h in collect([path], tmp_path / "scratch").hand_ins}
        assert sizes == {"ana": len(NOTEBOOK), "bomb": 1001}

    def test_two_of_one_name_are_told_apart(self, tmp_path):
        put(tmp_path, "a/vae.ipynb", "b/vae.ipynb", "c/VAE.ipynb")
        files = [tmp_path / f for f in ("a/vae.ipynb", "b/vae.ipynb", "c/VAE.ipynb", "a/vae.ipynb")]
        assert students(files, tmp_path) == ["vae", "vae (2)", "VAE (3)"]

    def test_one_name_in_two_spellings_of_its_accents_is_told_apart(self, tmp_path):
        put(tmp_path, "a/" + unicodedata.normalize("NFD", "Zoë.ipynb"), "b/" + unicodedata.normalize("NFC", "Zoë.ipynb"))
        found = students(sorted(tmp_path.glob("*/*.ipynb")), tmp_path)
        assert found == ["Zoë", "Zoë (2)"]

    @pytest.mark.parametrize("name", ["nowhere", "empty"])
    def test_nothing_there_is_told(self, name, tmp_path):
        (tmp_path / "empty").mkdir()
        with pytest.raises(NothingToGrade, match=name):
            collect([tmp_path / name], tmp_path)


FAKE = '''
import os, signal
from pathlib import Path

class Grader:
    """Does what the hand-in's name says."""

    def grade_file(self, path):
        word = path.name
        if word == "exit":
            os._exit(9)
        if word == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "once" and not Path(f"{path}.flag").exists():
            Path(f"{path}.flag").touch()
            os._exit(3)
        if word == "raise":
            raise RuntimeError("the zygote is gone")
        return f"graded {word}"

def no_suite():
    raise RuntimeError("no suite")

def dies():
    os._exit(4)
'''


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A module that the pool's processes can import, too."""
    (tmp_path / "fake_grader.py").write_text(FAKE)
    monkeypatch.syspath_prepend(tmp_path)
    import importlib

    module = importlib.import_module("fake_grader")
    yield module
    del __import__("sys").modules["fake_grader"]


def graded(make, names, tmp_path, workers=2):
    results = {}

    def keep(hand_in, result):
        results.setdefault(hand_in.student, []).append(result.said if isinstance(result, Fault) else result)

    run(make, [HandIn(tmp_path / name, name) for name in names], workers, keep)
    return results


class TestPool:
    def test_every_hand_in_gets_one_result_whatever_dies(self, fake, tmp_path):
        assert graded(fake.Grader, ["a", "exit", "b", "once", "killed", "raise", "c"], tmp_path) == {
            "a": ["graded a"], "b": ["graded b"], "c": ["graded c"], "once": ["graded once"],
            "exit": ["the grading process died twice (exit status 9)"],
            "killed": ["the grading process died twice (killed by SIGKILL)"],
            "raise": ["RuntimeError: the zygote is gone"],
        }

    def test_a_fault_keeps_its_traceback_for_staff(self, fake, tmp_path):
        results = []
        run(fake.Grader, [HandIn(tmp_path / "raise", "raise")], 1, lambda hand_in, result: results.append(result))
        assert "in grade_file" in results[0].trace

    def test_a_grader_that_cannot_be_set_up_ends_the_batch(self, fake, tmp_path):
        with pytest.raises(BrokenGrader, match="RuntimeError: no suite"):
            graded(fake.no_suite, ["a", "b"], tmp_path)

    def test_processes_that_die_before_they_are_ready_end_the_batch(self, fake, tmp_path):
        with pytest.raises(BrokenGrader, match="before they are ready .exit status 4"):
            graded(fake.dies, ["a", "b", "c"], tmp_path)

    def test_what_the_callback_raises_ends_the_processes(self, fake, tmp_path):
        def full(*_):
            raise OSError(28, "No space left on device")

        with pytest.raises(OSError, match="No space"):
            run(fake.Grader, [HandIn(Path("a"), "a")], 1, full)

    def test_nothing_to_grade_starts_nothing(self, fake, tmp_path):
        assert graded(fake.no_suite, [], tmp_path) == {}


class TestGradeAll:
    """What becomes of results; the grading is stood in for."""

    @pytest.fixture
    def reports(self, course, monkeypatch, tmp_path):
        def run(make_grader, hand_ins, workers, on_result):
            for hand_in in hand_ins:
                on_result(hand_in, Fault("no memory", "Traceback …"))

        monkeypatch.setattr(local, "Zygote", lambda unlocked: contextlib.nullcontext(SimpleNamespace(path="door")))
        monkeypatch.setattr(local.pool, "run", run)
        found = {}
        hand_ins = [HandIn(tmp_path / "vae.ipynb", "ana (2)"), HandIn(tmp_path / "link.ipynb", "bùi", "link.ipynb is a link.")]
        local.grade_all(course, "vae", hand_ins, on_report=lambda report: found.update({report.student: report}))
        return found

    def test_a_fault_is_reported_as_the_kits_with_all_questions_at_nothing(self, reports):
        report = reports["ana (2)"]
        assert report.fault and "through no fault of the hand-in: no memory" in report.problem and report.notes == ["Traceback …"]
        assert (report.submission, report.earned, report.possible) == ("vae.ipynb", 0, 100)

    def test_what_is_not_to_be_opened_is_reported_with_its_reason(self, reports):
        assert reports["bùi"].problem == "link.ipynb is a link." and not reports["bùi"].fault
