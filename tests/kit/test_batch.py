"""Many hand-ins graded side by side, in processes that may die."""

import contextlib
from pathlib import Path
from types import SimpleNamespace

import pytest

from gradetape.batch import local
from gradetape.batch.hand_ins import HandIn
from gradetape.batch.pool import BrokenGrader, Fault, run

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

        monkeypatch.setattr(local, "Zygote", lambda unlocked, gpu: contextlib.nullcontext(SimpleNamespace(path="door")))
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
