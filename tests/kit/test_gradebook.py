"""The gradebook's file: what it keeps, how it is read while written, and what it says of a file that is no use."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta, timezone

import pytest

from gradetape.batch.gradebook import Gradebook, GradebookError
from gradetape.batch.hand_ins import Collected, HandIn
from gradetape.batch.tiers import merged
from gradetape.grade_report import Check
from gradetape.lms.people import Person
from graded import grade, handed_in, of_gpu


@pytest.fixture
def file(tmp_path):
    return tmp_path / "run" / "gradebook.sqlite"


@pytest.fixture
def book(file):
    with Gradebook.open(file, "toy") as opened:
        yield opened


def outcomes(report):
    return [t.outcome for q in report.questions for t in q.tests]


class TestKeeping:
    def test_it_is_made_where_it_is_missing_and_knows_its_assignment(self, file):
        Gradebook.open(file, "toy").close()
        with Gradebook.open(file) as book:
            assert book.assignment == "toy" and book.rows() == [] and not book.graded

    def test_who_handed_in_what_is_kept(self, book, tmp_path):
        (tmp_path / "a.ipynb").write_text("a")
        pair = (Person("Zoë", "z@uni.edu"), Person("陈伟", sid="17"))
        when = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=9)))
        group = HandIn(tmp_path / "a.ipynb", "group", people=pair, submitted=when, late=timedelta(hours=2))
        book.expect(Collected([group], "gradescope", [Person("Absent")], ["version 2 counts"]))
        (row,) = book.rows()
        assert (row.student, row.people, row.submitted, row.late, row.report) == ("group", pair, when, timedelta(hours=2), None)
        assert (book.source, book.missing, book.notes) == ("gradescope", [Person("Absent")], ["version 2 counts"])

    def test_a_single_hand_in_later_leaves_what_was_said_of_the_class(self, book, tmp_path):
        book.expect(handed_in(tmp_path, "ana", "bùi", source="moodle", notes=["a note"]))
        book.expect(handed_in(tmp_path, "zoë"))
        assert book.source == "moodle" and book.notes == ["a note"] and book.students() == ["ana", "bùi", "zoë"]

    def test_every_grade_stays_in_the_history_as_it_was(self, book):
        first, second = grade(double="failed", notes=["first"]), grade(seconds=0.5)
        book.add("ana", first)
        book.add("ana", second)
        kept = book.history("ana")
        assert [k.report for k in kept] == [first, second] and kept[0].at <= kept[1].at and kept[0].at.tzinfo
        assert book.rows()[0].report == second

    def test_infinite_ratios_come_back_as_they_were(self, book):
        report = grade()
        report.questions[0].tests[0].checks.append(Check(where="t.py:1", ratio=float("inf"), passed=False))
        book.add("ana", report)
        assert book.rows()[0].report.questions[0].tests[0].checks[0].ratio == float("inf")

    def test_adjustments_are_kept_with_their_reason(self, book):
        book.add("ana", grade())
        book.adjust("ana", "double", -1.5, "=copied; agreed with 陈伟")
        (row,) = book.rows()
        assert [(a.question, a.points, a.why) for a in row.adjustments] == [("double", -1.5, "=copied; agreed with 陈伟")]

    def test_rows_are_sorted_whatever_the_order_they_came_in(self, book):
        for name in ("zoë", "Ana", "bùi", "ana"):
            book.add(name, grade(name))
        assert [row.student for row in book.rows()] == ["Ana", "ana", "bùi", "zoë"]

    def test_a_new_version_is_not_graded_until_it_is(self, book, tmp_path):
        hand_ins = handed_in(tmp_path, "ana")
        book.add("ana", grade(sha256="of the old version"))
        assert book.rows()[0].report
        book.expect(hand_ins)
        assert book.rows()[0].report is None and len(book.history("ana")) == 1

    def test_the_kits_failure_takes_no_grade_away(self, book):
        book.add("ana", grade())
        book.add("ana", grade(problem="no memory", fault=True))
        assert not book.rows()[0].report.fault and book.standings("cpu")["ana"].failed

    @pytest.mark.parametrize("wanted", ["Ana López", "ana lópez", "ANA@UNI.EDU", "4711", "lopez"])
    def test_a_student_is_found_by_whatever_is_known_of_them(self, book, tmp_path, wanted):
        file = tmp_path / "lopez.ipynb"
        book.expect(Collected([HandIn(file, "lopez", people=(Person("Ana López", "ana@uni.edu", "4711"),)), HandIn(file, "bùi")]))
        assert book.find(wanted) == "lopez"

    def test_a_student_who_is_not_there_or_not_clear_is_told(self, book, tmp_path):
        file = tmp_path / "x.ipynb"
        book.expect(Collected([HandIn(file, f"kim{n}", people=(Person("Kim"),)) for n in (1, 2)]))
        with pytest.raises(GradebookError, match="several students; name one of: kim1, kim2"):
            book.find("kim")
        with pytest.raises(GradebookError, match="has no student 'im1'; did you mean kim1"):
            book.find("im1")
        with pytest.raises(GradebookError, match="has no student 'nobody'; it has 2 students"):
            book.find("nobody")


class TestTiers:
    def test_the_gpu_tiers_verdicts_stand_where_the_others_waited(self, book):
        book.add("ana", grade(seconds=1))
        book.add("ana", of_gpu(seconds=2))
        report = book.rows()[0].report
        assert outcomes(report) == ["passed", "passed", "passed"] and (report.earned, report.deferred, report.seconds) == (10, 0, 3)

    def test_either_may_come_first_or_alone(self, book):
        book.add("ana", of_gpu(outcome="failed"))
        assert outcomes(book.rows()[0].report) == ["deferred", "failed", "deferred"]
        book.add("ana", grade())
        assert outcomes(book.rows()[0].report) == ["passed", "failed", "passed"]

    def test_the_gpu_tier_of_another_version_does_not_count(self, book):
        book.add("ana", of_gpu(sha256="old"))
        book.add("ana", grade(sha256="new"))
        assert outcomes(book.rows()[0].report) == ["passed", "deferred", "passed"]

    def test_a_gpu_tier_that_failed_says_so_and_its_points_still_wait(self):
        failed = of_gpu(outcome="deferred", problem="no memory on the GPU", fault=True)
        report = merged(grade(), failed)
        assert report.deferred == 2 and not report.problem and report.notes == ["gpu tier: no memory on the GPU"]

    def test_standings_say_who_waits_for_the_gpu_tier(self, book):
        book.add("ana", grade())
        book.add("bùi", grade("bùi", large="passed"))
        standings = book.standings("cpu")
        assert standings["ana"].waits and not standings["bùi"].waits and book.standings("gpu") == {}


class TestTwoAtOnce:
    def test_another_process_reads_while_a_transaction_is_open(self, book, file):
        book.add("ana", grade())
        with book._writing() as cursor:
            cursor.execute("INSERT INTO adjustments (student, question, points, why, at) VALUES ('ana', 'double', 1, '', '')")
            code = f"from gradetape.batch.gradebook import *; from pathlib import Path; print([r.adjustments for r in Gradebook.open(Path({str(file)!r})).rows()])"
            read = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert read.stdout.strip() == "[()]"

    def test_a_reader_sees_one_moment(self, book, file):
        book.add("ana", grade())
        with Gradebook.open(file) as reader, reader._reading() as cursor:
            before = cursor.execute("SELECT count(*) FROM grades").fetchone()[0]
            book.add("bùi", grade("bùi"))
            assert cursor.execute("SELECT count(*) FROM grades").fetchone()[0] == before


class TestNoUse:
    """Each message names the file, the cause and the next step."""

    def told(self, file, *said, assignment="toy"):
        with pytest.raises(GradebookError) as caught:
            Gradebook.open(file, assignment).close()
        assert str(file) in str(caught.value) and all(part in str(caught.value) for part in said), str(caught.value)

    def test_of_another_assignment(self, file):
        Gradebook.open(file, "vae").close()
        self.told(file, "is the gradebook of vae, not of toy", "choose another folder with --out")

    def test_not_there(self, file):
        self.told(file, "there is no gradebook", "gradetape grade --out", assignment=None)
        assert not file.parent.exists()

    @pytest.mark.parametrize("schema, said", [(0, "older"), (99, "newer")])
    def test_of_another_version(self, file, schema, said):
        Gradebook.open(file, "toy").close()
        with sqlite3.connect(file) as connection:
            connection.execute(f"PRAGMA user_version = {schema}")
        self.told(file, said, f"schema {schema}")

    def test_another_programs_file(self, file):
        file.parent.mkdir()
        with sqlite3.connect(file) as connection:
            connection.execute("CREATE TABLE cookies (x)")
        self.told(file, "another program's file")

    def test_no_database_at_all(self, file):
        file.parent.mkdir()
        file.write_text("student,points\nana,10\n" * 100)
        self.told(file, "damaged or no gradebook", "Put a copy of it back")

    def test_damaged(self, file):
        with Gradebook.open(file, "toy") as book:
            for number in range(50):
                book.add(f"student {number}", grade(output="x" * 4000))
        whole = file.read_bytes()
        file.write_bytes(whole[:8192] + os.urandom(len(whole) // 2) + whole[8192 + len(whole) // 2 :])
        self.told(file, "damaged or no gradebook")

    def test_cut_short(self, file):
        with Gradebook.open(file, "toy") as book:
            for number in range(50):
                book.add(f"student {number}", grade(output="x" * 4000))
        os.truncate(file, file.stat().st_size // 2)
        self.told(file, "damaged or no gradebook")

    def test_a_folder_in_its_place(self, file):
        file.mkdir(parents=True)
        self.told(file, "cannot be opened")

    def test_a_file_where_its_folder_should_be(self, file):
        file.parent.write_text("in the way")
        with pytest.raises(GradebookError, match="run: .*choose another folder"):
            Gradebook.open(file, "toy")

    def test_a_file_that_a_kill_left_empty_is_made_anew(self, file):
        file.parent.mkdir()
        file.touch()
        Gradebook.open(file, "toy").close()
        with sqlite3.connect(file) as connection:
            assert connection.execute("PRAGMA application_id").fetchone() != (0,)


def test_a_full_disk_is_told_and_what_was_kept_is_safe(file):
    """A limit on a file's size is, to SQLite, a disk that takes no more."""
    with Gradebook.open(file, "toy") as book:
        book.add("ana", grade())
        old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (file.with_name(file.name + "-wal").stat().st_size + 8192, hard))
        try:
            with pytest.raises(GradebookError, match="could not be written .*kept before is safe. Free some space"):
                book.add("bùi", grade("bùi", output="x" * 10**5))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, old)
        book.add("zoë", grade("zoë"))
    with Gradebook.open(file, "toy") as book:
        assert book.students() == ["ana", "zoë"]


def test_a_grade_is_on_the_disk_when_add_returns(book):
    settings = {name: book._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "wal", "synchronous": 2}  # FULL: the log is flushed at each commit


def test_a_read_only_folder_can_be_read(file):
    Gradebook.open(file, "toy").close()
    code = f"""
import os
from pathlib import Path
from gradetape.batch.gradebook import Gradebook
if os.geteuid() == 0:  # who may write anywhere
    os.setresuid(65534, 65534, 65534)
print(Gradebook.open(Path({str(file)!r})).assignment)
"""
    for folder in (file.parent, *file.parent.parents[:3]):
        folder.chmod(0o555)
    try:
        read = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    finally:
        for folder in (file.parent, *file.parent.parents[:3]):
            folder.chmod(0o755)
    assert read.stdout.strip() == "toy", read.stderr
