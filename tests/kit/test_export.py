"""Final grades out: adjusted, with the late policy, for each system; through the command line."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from gradetape.batch.gradebook import Gradebook
from gradetape.batch.hand_ins import Collected, HandIn
from gradetape.cli import app
from gradetape.config import find_course
from gradetape.grade_report import GradeReport, QuestionResult, TestResult
from gradetape.lms.export import SYSTEMS, write_export
from gradetape.lms.people import Person
from gradetape.lms.roster import read_roster
from toy_course import write_course

ANA = Person("López, Ana", "ana@uni.example", "0123", "1001")
LI, BO = Person("李娜", "li@uni.example", "0200", "1002"), Person('O\'Neil "Bo"', "bo@uni.example", "0201", "1003")
EVIL = Person("=HYPERLINK(1)", "evil@uni.example", "0300", "1004")
WHEN = datetime(2026, 10, 5, 21, 52, 7, tzinfo=UTC)


def graded(student, double=4, square=6, **how):
    """A grade with so many of 4 and 6 tests right, each worth a point."""
    def question(name, right, of):
        tests = [TestResult(name=str(n), title="", outcome="passed" if n < right else "failed") for n in range(of)]
        return QuestionResult(name=name, title=name, points=of, tests=tests)

    return GradeReport(assignment="toy", submission="toy.ipynb", student=student, questions=[question("double", double, 4), question("square", square, 6)], **how)


def fill(book, hand_ins, reports, missing=()):
    book.expect(Collected([HandIn(Path(student), student, "", people, WHEN, late) for student, people, late in hand_ins], "gradescope", list(missing)))
    for report in reports:
        book.add(report.student, report)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """A run of four hand-ins, one by two people, one late, one by a name that is a formula, one not graded; one missing."""
    write_course(tmp_path)
    with open(tmp_path / "grader_config.yaml", "a") as file:
        file.write("late: {grace_minutes: 15, percent_a_day: 10, cap_percent: 50}\n")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "runs" / "week7"
    folder.mkdir(parents=True)
    hand_ins = [
        ("López, Ana", (ANA,), timedelta(hours=26)),
        ("李娜 & Bo", (LI, BO), timedelta(0)),
        ("=HYPERLINK(1)", (EVIL,), timedelta(0)),
        ("slow", (Person("Slow"),), timedelta(0)),
    ]
    with Gradebook.open(folder / "gradebook.sqlite", "toy") as book:
        fill(book, hand_ins, [graded("López, Ana", square=3), graded("李娜 & Bo"), graded("=HYPERLINK(1)", 1, 1)], [Person("Zoë", sid="9")])
    return folder


def say(*words):
    result = CliRunner().invoke(app, [str(word) for word in words])
    return result.exit_code, result.output


def table(path, encoding="utf-8-sig"):
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def as_dicts(path):
    heading, *rows = table(path)
    return {row[1]: dict(zip(heading, row, strict=True)) for row in rows}


class TestAdjust:
    def test_points_are_added_with_their_reason_and_taken_back(self, run):
        assert say("adjust", "0123", "square", "1.5", "--why", "another convention") == (
            0, "López, Ana: 7 earned, 6.8 in the end (square +1.5: another convention; 2 days late: 20 % of 8.5 taken off)\n"
        )
        code, output = say("adjust", "López, Ana", "square", "-1.5", "--why", "sorry", "--run", run)
        assert code == 0 and "7 earned, 5.6 in the end" in output

    @pytest.mark.parametrize(
        "words, said",
        [
            (("nobody", "square", "1"), "no student"),
            (("0123", "cube", "1"), "no question 'cube'; it has: double, square"),
            (("0123", "square", "0"), "0 is no adjustment"),
            (("0123", "square", "nan"), "nan is no adjustment"),
            (("0123", "square", "inf"), "inf is no adjustment"),
            (("0123", "square", "1", "--why", " "), "needs a reason"),
            (("0123", "square", "much"), "POINTS"),
        ],
    )
    def test_what_makes_no_sense_is_told_and_nothing_is_kept(self, words, said, run):
        code, output = say("adjust", *words, *(() if "--why" in words else ("--why", "because")))
        assert code != 0 and said in " ".join(output.split())
        with Gradebook.open(run / "gradebook.sqlite") as book:
            assert not any(row.adjustments for row in book.rows())

    def test_without_a_reason_it_is_refused(self, run):
        assert say("adjust", "0123", "square", "1")[0] == 2


class TestCsv:
    def test_every_number_can_be_traced(self, run):
        say("adjust", "0123", "double", "-1", "--why", "copied, twice")
        code, output = say("export", run, "--to", "csv")
        assert code == 0 and output.splitlines()[-1] == str(run / "final_csv.csv") and "not graded yet: slow" in output
        found = as_dicts(run / "final_csv.csv")
        ana = found["López, Ana"]
        assert [ana[key] for key in ("raw", "adjustment", "late penalty", "final", "possible", "late")] == ["7", "-1", "-1.2", "4.8", "10", "26:00:00"]
        assert ana["why"] == "double -1: copied, twice; 2 days late: 20 % of 6 taken off" and ana["submitted"] == "2026-10-05 21:52:07+00:00"
        assert found["李娜"]["final"] == found['O\'Neil "Bo"']["final"] == "10" and found["李娜"]["student"] == "李娜 & Bo"
        assert found["Slow"]["final"] == "" and found["Slow"]["why"] == "not graded yet" and found["Zoë"]["why"] == "nothing handed in"

    def test_a_hand_in_that_could_not_be_read_says_so(self, run):
        with Gradebook.open(run / "gradebook.sqlite") as book:
            book.add("slow", graded("slow", 0, 0, problem="toy.ipynb is empty."))
        say("export", run, "--to", "csv")
        assert as_dicts(run / "final_csv.csv")["Slow"]["why"] == "toy.ipynb is empty."

    def test_a_fault_of_the_kit_is_no_grade(self, run):
        with Gradebook.open(run / "gradebook.sqlite") as book:
            book.add("slow", graded("slow", 0, 0, problem="no memory", fault=True))
        assert "not graded yet: slow" in say("export", run, "--to", "csv")[1]
        assert as_dicts(run / "final_csv.csv")["Slow"]["why"] == "not graded yet: no memory"

    def test_it_is_a_roster_again(self, run):
        say("export", run, "--to", "csv")
        assert {ANA, LI, BO, EVIL} <= {listed.person for listed in read_roster(run / "final_csv.csv").listed}


class TestSystems:
    def test_canvas(self, run):
        assert say("export", run, "--to", "canvas")[0] == 0
        heading, possible, *rows = table(run / "final_canvas.csv")
        assert heading == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Toys"] and possible == ["    Points Possible", "", "", "", "", "10"]
        assert ["López, Ana", "1001", "0123", "ana@uni.example", "", "5.6"] in rows and len(rows) == 4

    def test_moodle(self, run):
        assert say("export", run, "--to", "moodle", "--out", run / "m.csv")[0] == 0
        heading, *rows = table(run / "m.csv")
        assert heading == ["Identifier", "Full name", "ID number", "Email address", "Grade", "Maximum Grade", "Last modified (grade)"]
        assert ["Participant 1002", "李娜", "0200", "li@uni.example", "10", "10", ""] in rows

    def test_gradescope_without_a_byte_order_mark(self, run):
        assert say("export", run, "--to", "gradescope")[0] == 0
        heading, *rows = table(run / "final_gradescope.csv", "utf-8")
        assert heading[:5] == ["Name", "SID", "Email", "Total Score", "Max Points"]
        assert ["López, Ana", "0123", "ana@uni.example", "5.6", "10", "2026-10-05 21:52:07+00:00", "26:00:00"] in rows

    @pytest.mark.parametrize("to", ["csv", *SYSTEMS])
    def test_a_name_that_is_a_formula_is_text(self, to, run):
        say("export", run, "--to", to)
        cells = [cell for row in table(run / f"final_{to}.csv") for cell in row]
        assert "'=HYPERLINK(1)" in cells and not any(cell.startswith("=") for cell in cells)

    def test_who_cannot_be_recognised_is_told(self, run):
        with Gradebook.open(run / "gradebook.sqlite") as book:
            book.add("slow", graded("slow"))
        assert "by which Canvas recognises people: Slow. Grade again with --roster" in " ".join(say("export", run, "--to", "canvas")[1].split())

    def test_someone_in_two_rows_has_one_grade_the_newest(self, run):
        with Gradebook.open(run / "gradebook.sqlite") as book:
            book.expect(Collected([HandIn(Path("ana"), "ana again", "", (ANA,), WHEN + timedelta(days=1), timedelta(0))]))
            book.add("ana again", graded("ana again"))
        code, output = say("export", run, "--to", "canvas")
        assert [row[5] for row in table(run / "final_canvas.csv") if row[1] == "1001"] == ["10"] and "is in two rows" in output

    def test_points_that_wait_are_told(self, run):
        report = graded("slow")
        report.questions[0].tests[0].outcome = "deferred"
        with Gradebook.open(run / "gradebook.sqlite") as book:
            book.add("slow", report)
        assert "count as nothing for: slow" in say("export", run, "--to", "moodle")[1]


class TestTrouble:
    def test_a_folder_without_a_gradebook_is_told(self, run, tmp_path):
        code, output = say("export", tmp_path, "--to", "canvas")
        assert code == 1 and "gradebook.sqlite" in output

    def test_a_file_that_cannot_be_written_is_told(self, run):
        (run / "taken").write_text("")
        code, output = say("export", run, "--to", "canvas", "--out", run / "taken" / "f.csv")
        assert code == 1 and "taken" in output and "Traceback" not in output

    def test_an_unknown_system_is_told(self, run):
        assert say("export", run, "--to", "blackboard")[0] == 2


NAME = st.text(st.characters(blacklist_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1, max_size=20).map(lambda s: " ".join(s.split())).filter(lambda s: s.strip("'"))


class TestAnyName:
    @settings(deadline=None, max_examples=25)
    @given(st.lists(NAME, min_size=1, max_size=4, unique=True))
    def test_names_survive_the_whole_way(self, tmp_path_factory, names):
        folder = tmp_path_factory.mktemp("any")
        write_course(folder)
        hand_ins = [(f"s{n}", (Person(name, sid=f"id{n}"),), timedelta(0)) for n, name in enumerate(names)]
        with Gradebook.open(folder / "g.sqlite", "toy") as book:
            fill(book, hand_ins, [graded(student) for student, *_ in hand_ins])
            for to in ("csv", "moodle", "gradescope"):
                write_export(book, find_course(folder), to, folder / f"{to}.csv")
        for to in ("csv", "moodle", "gradescope"):
            rows = table(folder / f"{to}.csv")
            found = {cell.removeprefix("'") for row in rows for cell in row}
            assert {name.removeprefix("'") for name in names} <= found
            assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)
