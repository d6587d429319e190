"""Grades on paper: the words, the CSV, the JSON and the terminal. The feedback page has a file of its own."""

import csv
import io
import json

import pytest
from rich.console import Console

from gradetape.grade_report import CellProblem, Check, GradeReport, QuestionResult, TestResult
from gradetape.report import as_dict, file_name, print_report, print_table, write_csv, write_json
from gradetape.report.words import clean, loss, remark


def result(outcome, title="It matches the formula", **more):
    return TestResult(name="test_it", title=title, outcome=outcome, **more)


def asked(*tests, name="kl", points=20):
    return QuestionResult(name=name, title="The divergence", points=points, tests=list(tests))


def report(*questions, student="Ana", **more):
    return GradeReport(assignment="vae", submission="ana.ipynb", student=student, questions=list(questions), **more)


def printed(show, *args, width=100):
    stream = io.StringIO()
    show(*args, Console(file=stream, width=width, force_terminal=False))
    return stream.getvalue()


def rows(reports, tmp_path):
    write_csv(reports, tmp_path / "grades.csv")
    with open(tmp_path / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class TestWords:
    @pytest.mark.parametrize(
        "text, kept",
        [
            ("\x1b[31mred\x1b[0m", "red"),
            ("\x1b]0;a title\x07after", "after"),
            ("\x1b]8;;https://example.org\x1b\\link", "link"),
            ("bell\x07 back\x08 null\x00 c1\x9b31m", "bell back null c131m"),
            ("\u202egpj.exe", "gpj.exe"),
            ("broken \udcff bytes", "broken  bytes"),
            ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
            ("नेहा 陈伟 فاطمة é", "नेहा 陈伟 فاطمة é"),
        ],
    )
    def test_clean_takes_out_what_is_no_text(self, text, kept):
        assert clean(text) == kept

    def test_an_unfinished_escape_swallows_what_follows_rather_than_reach_the_terminal(self):
        assert "\x1b" not in clean("a\x1b]0;never ended")

    @pytest.mark.parametrize(
        "outcomes, said",
        [
            ([], "has no tests in the suite"),
            (["passed", "passed"], ""),
            (["passed", "deferred"], ""),
            (["missing", "missing", "deferred"], "not written yet"),
            (["error", "error"], "raised an error"),
            (["failed", "failed"], "fails “It matches the formula” and 1 more test"),
            (["passed", "failed", "error", "crash"], "fails “It matches the formula” and 2 more tests"),
            (["passed", "failed"], "fails “It matches the formula”"),
        ],
    )
    def test_loss_names_what_went_wrong(self, outcomes, said):
        assert loss(asked(*map(result, outcomes))) == said

    def test_remark_names_each_question_that_lost_points(self):
        lost = report(asked(result("passed"), name="a"), asked(result("passed"), result("failed"), name="b"), asked(result("missing"), name="c"))
        assert remark(lost) == "b fails “It matches the formula”; c not written yet"

    def test_remark_says_nothing_written_once(self):
        assert remark(report(asked(result("missing"), name="a"), asked(result("missing"), name="b"))) == "nothing written yet"

    def test_remark_names_the_first_cell_that_raised(self):
        cells = [CellProblem(cell=n, error="SyntaxError: invalid syntax", traceback="") for n in (7, 9)]
        assert remark(report(asked(result("missing")), cells=cells)) == "kl not written yet; cell 7 raised SyntaxError"

    def test_remark_begins_with_the_problem(self):
        assert remark(report(asked(), problem="not a notebook")) == "not a notebook"


class TestCsv:
    def test_one_row_a_student_by_name(self, tmp_path):
        class_ = [report(asked(result("passed")), student=name) for name in ("Zoë", "ana", "İpek", "Bùi")]
        assert [row["student"] for row in rows(class_, tmp_path)] == ["ana", "Bùi", "İpek", "Zoë"]

    def test_points_by_question_and_in_all(self, tmp_path):
        (row,) = rows([report(asked(result("passed"), result("failed"), result("deferred")), asked(result("passed"), name="b"))], tmp_path)
        assert (row["points"], row["possible"], row["deferred"], row["kl"], row["b"]) == ("26.67", "40", "6.67", "6.67", "20")

    @pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1"])
    def test_formulas_do_not_run(self, name, tmp_path):
        (row,) = rows([report(asked(), student=name)], tmp_path)
        assert row["student"] == f"'{name}"

    def test_commas_quotes_and_lines_stay_in_their_cell(self, tmp_path):
        (row,) = rows([report(asked(), student='O\'Brien, "Siobhán"', problem="two\nlines")], tmp_path)
        assert (row["student"], row["remark"]) == ('O\'Brien, "Siobhán"', "two lines")

    def test_a_spreadsheet_sees_that_it_is_utf8(self, tmp_path):
        rows([report(asked(), student="陈伟")], tmp_path)
        assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    def test_a_run_cut_short_leaves_the_old_file(self, tmp_path):
        rows([report(asked())], tmp_path)
        before = (tmp_path / "grades.csv").read_bytes()
        with pytest.raises(AttributeError):
            write_csv([report(asked()), None], tmp_path / "grades.csv")
        assert (tmp_path / "grades.csv").read_bytes() == before


class TestJson:
    def test_holds_the_report_and_its_sums_as_strict_json(self, tmp_path):
        failed = result("failed", detail="expected 1", checks=[Check(where="a:1", ratio=float("inf"), passed=False)])
        path = write_json(report(asked(result("passed"), failed), student="नेहा"), tmp_path / "reports")
        read = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
        assert path.name == "नेहा.json"
        assert (read["earned"], read["possible"], read["questions"][0]["tests"][1]["detail"]) == (10, 20, "expected 1")

    def test_lone_surrogates_are_replaced(self, tmp_path):
        odd = report(asked()).model_copy(update={"output": "\udcff"})
        assert json.loads(write_json(odd, tmp_path).read_bytes())["output"] == "?"

    def test_sums_stand_beside_the_report(self):
        assert as_dict(report(asked(result("deferred"))))["deferred"] == 20


@pytest.mark.parametrize(
    "student, name",
    [("../../etc/passwd", "_.._etc_passwd"), ("a/b\\c:d", "a_b_c_d"), (".hidden", "hidden"), ("", "unnamed"), ("...", "unnamed"), ("\x1b[31m名", "名")],
)
def test_file_names_stay_in_their_folder(student, name):
    assert file_name(student) == name


def test_file_names_fit_the_file_system():
    assert len(file_name("陈" * 300).encode()) <= 120


class TestTerminal:
    def test_a_failing_test_shows_title_outcome_hint_detail_and_traceback(self):
        text = printed(print_report, report(asked(
            result("passed", title="It is zero at the prior"),
            result("failed", hint="Sum over the latent axis.", detail="expected (5,), got (5, 3)"),
            result("error", title="It has a gradient", traceback="Cell 4, line 2\nZeroDivisionError: division by zero"),
        )))
        for shown in ("The divergence", "6.67 / 20", "It matches the formula", "wrong answer", "Sum over the latent axis.",
                      "expected (5,), got (5, 3)", "It has a gradient", "ZeroDivisionError: division by zero"):
            assert shown in text
        assert "It is zero at the prior" not in text

    def test_tests_that_failed_in_the_same_way_stand_together(self):
        text = printed(print_report, report(asked(*[result("error", title=f"Test {n}", traceback="NameError: x") for n in range(3)])))
        assert text.count("NameError: x") == 1 and all(f"Test {n}" in text for n in range(3))

    def test_cells_that_raised_and_notes_and_output_are_shown(self):
        text = printed(print_report, report(asked(), cells=[CellProblem(cell=7, error="SyntaxError: bad", traceback="line 3")],
                                            notes=["cell 2 is a text cell"], output="hello", sandbox="locked by limits"))
        for shown in ("Cell 7", "SyntaxError: bad", "line 3", "cell 2 is a text cell", "hello", "locked by limits"):
            assert shown in text

    def test_students_cannot_write_to_the_terminal(self):
        odd = "[red]\x1b[2Jgone\x07[/red]"
        text = printed(print_report, report(
            asked(result("error", hint=f"1 {odd}", detail=f"2 {odd}", traceback=odd)), student=odd, problem=odd, output=odd,
            cells=[CellProblem(cell=1, error=odd, traceback=odd)]))
        assert "\x1b" not in text and "\x07" not in text
        assert text.count("[red]gone[/red]") == 8

    def test_the_table_has_a_row_a_student_with_points_and_remark(self):
        text = printed(print_table, [
            report(asked(result("passed"), result("deferred")), student="Zoë"),
            report(asked(), student="陈伟", problem="it is a PDF"),
        ], width=120)
        zoe = next(line for line in text.splitlines() if "Zoë" in line)
        assert "10" in zoe and "+10" in zoe and "full so far" in zoe
        assert "it is a PDF" in next(line for line in text.splitlines() if "陈伟" in line)
        assert "Q1 kl" in text

    @pytest.mark.parametrize("tier, other", [("cpu", "GPU"), ("gpu", "ordinary")])
    def test_deferred_points_wait_for_the_other_tier(self, tier, other):
        graded = report(asked(result("passed"), result("deferred")), tier=tier)
        assert f"+10 wait for the {other} tier" in printed(print_report, graded)
        assert f"wait for the {other} tier" in printed(print_table, [graded])

    def test_a_question_without_tests_earned_nothing(self):
        text = printed(print_table, [report(asked(result("passed")), student="a"), report(asked(), student="b", problem="broken")])
        row = next(line for line in text.splitlines() if "broken" in line)
        assert row.split()[:3] == ["b", "0", "0"]
