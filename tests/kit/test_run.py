"""A run of a class: it goes on where it stopped, wherever that was; one grades while others read. The grading is stood in for."""

import io
import re
import shutil
import subprocess
import sys

import pytest
from rich.console import Console

import graded
from gradetape.batch import run as module
from gradetape.batch.due import find_due
from gradetape.batch.gradebook import FILE, Gradebook, GradebookError
from gradetape.batch.hand_ins import Collected
from gradetape.batch.run import ClassRun
from gradetape.batch.run_folder import find_run, held
from gradetape.submission.read import fingerprint
from graded import grade, handed_in, of_gpu
from killed_run import run_and_die
from toy_course import write_course

CLASS = ("ana", "bad bùi", "dmitrij", "zoë", "łukasz")


@pytest.fixture(scope="module")
def toys(tmp_path_factory):
    return write_course(tmp_path_factory.mktemp("toys"))


@pytest.fixture
def asked(monkeypatch):
    """Whom the grader was given, command by command."""
    given = []

    def grade_all(course, name, hand_ins, **how):
        given.append([hand_in.student for hand_in in hand_ins])
        graded.grade_all(course, name, hand_ins, **how)

    monkeypatch.setattr(module, "grade_all", grade_all)
    monkeypatch.setattr(ClassRun, "_versions", lambda run, book: graded.VERSIONS)
    return given


def start(toys, out, collected, **how):
    run, said = ClassRun(toys, "toy", out), io.StringIO()
    run.grade(collected, Console(file=said, width=200), **how)
    return run, said.getvalue()


def files(folder):
    """What a run leaves for people, byte for byte."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.suffix in (".csv", ".json", ".html")}


def sha256_of(hand_in):
    return fingerprint(hand_in.path)


class TestGoingOn:
    def test_what_is_graded_is_not_graded_again(self, toys, tmp_path, asked):
        collected = handed_in(tmp_path / "in", *CLASS)
        start(toys, tmp_path / "out", Collected(collected.hand_ins[:2]))
        before = files(tmp_path / "out")
        run, said = start(toys, tmp_path / "out", collected)
        assert asked == [list(CLASS[:2]), list(CLASS[2:])]
        assert "2 graded already. To grade now: 3" in said and [r.student for r in run.reports] == list(CLASS)
        assert before.keys() < files(tmp_path / "out").keys()

    def test_nothing_left_starts_no_grader_and_writes_the_files_anew(self, toys, tmp_path, asked):
        collected = handed_in(tmp_path / "in", *CLASS)
        start(toys, tmp_path / "out", collected)
        before = files(tmp_path / "out")
        shutil.rmtree(tmp_path / "out" / "feedback")
        (tmp_path / "out" / "grades.csv").unlink()
        start(toys, tmp_path / "out", collected)
        assert len(asked) == 1 and files(tmp_path / "out") == before

    def test_a_new_version_of_a_hand_in_is_graded(self, toys, tmp_path, asked):
        collected = handed_in(tmp_path / "in", *CLASS)
        start(toys, tmp_path / "out", collected)
        (tmp_path / "in" / "ana.ipynb").write_text("a second version")
        start(toys, tmp_path / "out", collected)
        assert asked[1:] == [["ana"]]

    def test_a_failing_grader_leaves_what_was_graded(self, toys, tmp_path, monkeypatch):
        def grade_all(course, name, hand_ins, **how):
            graded.grade_all(course, name, hand_ins[:2], **how)
            raise KeyboardInterrupt

        monkeypatch.setattr(module, "grade_all", grade_all)
        with pytest.raises(KeyboardInterrupt):
            start(toys, tmp_path / "out", handed_in(tmp_path / "in", *CLASS))
        with Gradebook.open(tmp_path / "out" / FILE) as book:
            assert [row.student for row in book.rows() if row.report] == list(CLASS[:2])
        assert "ana" in (tmp_path / "out" / "grades.csv").read_text()

    def test_a_disk_that_is_full_ends_the_run_and_is_told(self, toys, tmp_path, asked, monkeypatch):
        def full(book, student, report):
            if student == "dmitrij":
                raise GradebookError("could not be written")
            add(book, student, report)

        add = Gradebook.add
        monkeypatch.setattr(Gradebook, "add", full)
        collected = handed_in(tmp_path / "in", *CLASS)
        with pytest.raises(GradebookError, match="could not be written"):
            start(toys, tmp_path / "out", collected)
        monkeypatch.setattr(Gradebook, "add", add)
        start(toys, tmp_path / "out", collected)
        assert asked == [list(CLASS), list(CLASS[2:])]

    def test_a_folder_of_another_assignment_is_refused_before_anything_is_graded(self, toys, tmp_path, asked):
        Gradebook.open(tmp_path / "out" / FILE, "vae").close()
        with pytest.raises(GradebookError, match="is the gradebook of vae, not of toy"):
            start(toys, tmp_path / "out", handed_in(tmp_path / "in", "ana"))
        assert not asked


class TestRegrading:
    @pytest.fixture
    def book(self, tmp_path):
        """Ana and Bùi have grades, Dmitrij's is of an older suite, the kit failed on Łukasz, Zoë has none."""
        collected = handed_in(tmp_path, *CLASS)
        hashes = dict(zip(CLASS, map(sha256_of, collected.hand_ins)))
        with Gradebook.open(tmp_path / "run" / FILE, "toy") as book:
            book.expect(collected)
            book.add("ana", grade("ana", sha256=hashes["ana"]))
            book.add("bad bùi", grade("bad bùi", large="passed", sha256=hashes["bad bùi"]))
            book.add("dmitrij", grade("dmitrij", sha256=hashes["dmitrij"], versions=graded.VERSIONS | {"suite": "s0"}))
            book.add("łukasz", grade("łukasz", sha256=hashes["łukasz"], problem="no memory", fault=True, versions={}))
            yield book, collected.hand_ins

    @pytest.mark.parametrize(
        "regrade, expected",
        [
            ("", ["zoë"]),
            ("all", list(CLASS)),
            ("failed", ["zoë", "łukasz"]),
            ("changed", ["dmitrij", "zoë"]),
            ("ANA", ["ana", "zoë"]),
        ],
    )
    def test_what_is_graded_again(self, book, regrade, expected):
        due = find_due(*book, "cpu", regrade, graded.VERSIONS)
        assert [h.student for h in due.hand_ins] == expected and due.kept == len(CLASS) - len(expected)

    def test_what_changed_is_counted(self, book):
        assert find_due(*book, "cpu", "", graded.VERSIONS).outdated == 1
        assert find_due(*book, "cpu", "changed", graded.VERSIONS).outdated == 0

    @pytest.mark.parametrize("key", ["suite", "solution", "config"])
    def test_suite_solution_and_configuration_count_as_changes_and_packages_do_not(self, book, key):
        assert find_due(*book, "cpu", "", graded.VERSIONS | {key: "new"}).outdated == 3
        assert find_due(*book, "cpu", "", graded.VERSIONS | {"keras": "4"}).outdated == 1

    def test_a_student_whom_nobody_knows_is_told(self, book):
        with pytest.raises(GradebookError, match="no student 'anna'"):
            find_due(*book, "cpu", "anna", graded.VERSIONS)

    def test_the_gpu_tier_takes_those_who_wait_for_it(self, book):
        assert [h.student for h in find_due(*book, "gpu", "", {}).hand_ins] == ["ana", "dmitrij", "zoë", "łukasz"]

    def test_an_interrupted_gpu_tier_goes_on_too(self, book):
        book[0].add("ana", of_gpu("ana", sha256=sha256_of(book[1][0])))
        assert [h.student for h in find_due(*book, "gpu", "", {}).hand_ins] == ["dmitrij", "zoë", "łukasz"]


def test_the_gpu_tier_merges_into_the_same_folder(toys, tmp_path, asked):
    collected = handed_in(tmp_path / "in", "ana", "bad bùi")
    start(toys, tmp_path / "out", collected)
    run, _ = start(toys, tmp_path / "out", collected, tier="gpu")
    assert [(r.earned, r.deferred) for r in run.reports] == [(10, 0), (6, 0)]
    assert start(toys, tmp_path / "out", collected, tier="gpu")[1].startswith("2 graded already") and len(asked) == 2


class TestOneWriter:
    def test_a_second_command_is_refused_and_told_by_whom(self, tmp_path):
        code = f"""
import sys
from pathlib import Path
from gradetape.batch.run_folder import held
with held(Path({str(tmp_path)!r})):
    print("held", flush=True)
    sys.stdin.read()
"""
        with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout.readline() == "held\n"
            with pytest.raises(GradebookError, match=rf"another `gradetape grade` is at work there \(process {other.pid} on"):
                with held(tmp_path):
                    pass
            other.kill()
        with held(tmp_path):
            pass

    def test_it_is_read_meanwhile(self, toys, tmp_path, monkeypatch):
        seen = []

        def grade_all(course, name, hand_ins, *, on_report, **how):
            def and_look(report):
                on_report(report)
                with Gradebook.open(tmp_path / "out" / FILE) as book:
                    seen.append(sum(row.report is not None for row in book.rows()))

            graded.grade_all(course, name, hand_ins, on_report=and_look, **how)

        monkeypatch.setattr(module, "grade_all", grade_all)
        start(toys, tmp_path / "out", handed_in(tmp_path / "in", *CLASS))
        assert seen == [1, 2, 3, 4, 5]


class TestFindingARun:
    def test_the_only_one_is_meant(self, toys):
        with pytest.raises(GradebookError, match="holds no run; name its folder with --run"):
            find_run(toys, None)
        Gradebook.open(toys.root / "runs" / "week7" / FILE, "toy").close()
        assert find_run(toys, None) == toys.root / "runs" / "week7"
        Gradebook.open(toys.root / "runs" / "week8" / FILE, "toy").close()
        with pytest.raises(GradebookError, match="several runs: say --run with one of .*week7.*week8"):
            find_run(toys, None)
        shutil.rmtree(toys.root / "runs")


def test_killed_at_any_moment_it_ends_as_if_it_never_had_been(toys, tmp_path, asked):
    collected = handed_in(tmp_path / "in", "ana", "bad bùi")
    start(toys, tmp_path / "whole", collected)
    expected, at = files(tmp_path / "whole"), 1
    while run_and_die(toys.root, out := tmp_path / f"killed {at}", collected, at):
        asked.clear()
        (kept,) = known(out)
        start(toys, out, collected)
        assert files(out) == expected, f"killed at event {at}"
        assert [name for names in asked for name in names] == [h.student for h in collected.hand_ins if h.student not in kept]
        with Gradebook.open(out / FILE) as book:
            assert {len(book.history(h.student)) for h in collected.hand_ins} == {1}
        shutil.rmtree(out)
        at += 1
    assert at > 40


def known(out):
    """Who has a grade, as the file that a kill has left tells."""
    try:
        with Gradebook.open(out / FILE) as book:
            yield {student for student in book.students() if book.history(student)}
    except GradebookError as error:
        assert re.search("no gradebook|another program", str(error))
        yield set()


def test_killed_again_and_again_it_still_gets_there(toys, tmp_path, asked):
    collected = handed_in(tmp_path / "in", *CLASS)
    start(toys, tmp_path / "whole", collected)
    times = 0
    while run_and_die(toys.root, tmp_path / "killed", collected, 40 + times):
        times += 1
    assert times > 2 and files(tmp_path / "killed") == files(tmp_path / "whole")
