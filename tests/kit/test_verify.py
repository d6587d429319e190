"""`gradetape verify` on suites and banks with a known flaw: each flaw is found, by name, and nothing else is blamed."""

import ast
import re
import signal
import sys
from collections.abc import Callable, Iterable
from types import SimpleNamespace

import pytest
from toy_course import RIGHT, TEST_DOUBLE, TEST_SQUARE, write_course, write_text

from gradetape.config import find_course
from gradetape.grade_report import GradeReport
from gradetape.grading import Grader
from gradetape.verification import budget, findings, notebook, page, repeat, secrets
from gradetape.verification.crew import Job
from gradetape.verification.examination import Examination

# The toy suites, with a title for each test and a hint for each assertion: a suite without has slips of its own.
DOUBLE = (
    TEST_DOUBLE.replace("reference.double_of(x))", 'reference.double_of(x), hint="As the solution.")')
    .replace("(300, 400))\n", '(300, 400), hint="All.")\n')
    .replace("test_large(student):", 'test_large(student):\n    """Large."""')
)
SQUARE = TEST_SQUARE.replace("[9.0, 2.25])", '[9.0, 2.25], hint="Signs go.")').replace("x**2)\n", 'x**2, hint="Alone.")\n')

BANK = {
    "right/double__sum": "def double(x):\n    return x + x",
    "right/square__power": "def square(x):\n    return x**2",
    "wrong/double__half": "def double(x):\n    return x / 2",
    "wrong/square__absolute": "def square(x):\n    return np.abs(x) * 3",
    "wrong/square__sign_kept": "def square(x):\n    return x * np.abs(x)",
}
FAILS = {"double__half": "test_value", "square__absolute": "test_value", "square__sign_kept": "test_value, test_negative"}


class Here:
    """A crew that grades in this process, with the session's zygote."""

    def __init__(self, exam: Examination, zygote):
        self.exam, self.zygote, self.workers = exam, zygote, 2

    def grade(self, jobs: Iterable[Job], on_done: Callable[[Job, GradeReport], None]) -> None:
        for job in list(jobs):
            grader = Grader(self.exam.course, job.assignment, self.zygote.path, tier=job.tier, soft=True)
            on_done(job, grader.grade(self.exam.notebooks.submission(job.cases), job.questions))


def write_bank(course, bank: dict[str, str]) -> None:
    for name, code in bank.items():
        kind, _, stem = name.partition("/")
        fails = f"fails: {FAILS.get(stem, 'test_value')}\n" if kind == "wrong" else ""
        text = f'"""{stem}\n\nquestion: {stem.partition("__")[0]}\n{fails}"""\n{code}\n'
        write_text(course.answers("toy") / f"{name}.py", text)


@pytest.fixture
def examine(tmp_path, zygote):
    """Examine the toy assignment, with some of its suite or bank replaced; `mutants` are left out unless asked for."""

    def run(bank: dict[str, str] | None = None, mutants: bool = False, **suite: str) -> Examination:
        course = write_course(tmp_path, **{"test_double": DOUBLE, "test_square": SQUARE} | suite)
        config = tmp_path / "grader_config.yaml"
        config.write_text(config.read_text().replace("probe_seconds: 2,", "probe_seconds: 20,"))  # for a busy machine
        course = find_course(tmp_path)
        write_bank(course, BANK | (bank or {}))
        exam = Examination(course, "toy")
        if not mutants:
            exam.cases = [case for case in exam.cases if case.kind != "mutant"]
        exam.crew = Here(exam, zygote)
        for jobs in (exam.solution_jobs, exam.case_jobs, exam.last_jobs):
            exam.crew.grade(jobs(), exam.record)
        exam.store.save(whole=True)
        return exam

    return run


def problems(finding: findings.Finding, about: str = "") -> list[str]:
    """A finding's problems, without the complaint that this small bank is small."""
    return [p for p in finding.problems if about in p and "answers, and needs" not in p]


JUDGES = (findings.solution, findings.stub, findings.right, findings.wrong, findings.unbroken)


def test_a_sound_assignment_has_no_problems(examine):
    exam = examine()
    assert [problems(judge(exam)) for judge in JUDGES] == [[]] * len(JUDGES)
    assert findings.solution(exam).said == "10 of 10 points in 6 tests, 1 of them of the gpu tier"
    assert findings.stub(exam).said == "0 points; 6 of 6 tests say that the answer is missing"


def test_a_small_bank_is_named(examine):
    exam = examine()
    assert "double has 1 right answers, and needs 4: write tests/answers/toy/right/double__….py" in findings.right(exam).problems
    assert "square has 2 wrong answers, and needs 6: write tests/answers/toy/wrong/square__….py" in findings.wrong(exam).problems


def test_a_second_look_grades_nothing_again(examine):
    assert examine().graded > 0
    assert examine().graded == 0


def test_after_a_change_only_that_question_is_graded_again(examine):
    examine()
    again = examine(test_square=SQUARE.replace("Signs go.", "Signs vanish."))
    # Square's tests on the solution, the stub, square's four other cases, and beside each of double's three.
    assert again.graded == 9




def test_the_solution_must_pass(examine, tmp_path):
    exam = examine(test_double=DOUBLE.replace("(got, 2 * x,", "(got, 3 * x,"))
    assert [p.partition(" (")[0] for p in problems(findings.solution(exam))] == ["the solution fails double/test_value"]


def test_a_right_answer_that_loses_points(examine):
    exam = examine({"right/square__not": "def square(x):\n    return abs(x) ** 3"})
    (problem,) = problems(findings.right(exam))
    assert problem.startswith("right/square__not is right and loses points: square/test_value (failed: result: at [0, 0] expected")


def test_a_wrong_answer_that_its_test_lets_pass(examine):
    exam = examine(test_square=SQUARE.replace("[9.0, 2.25],", "[9.0, 2.25], atol=99,"))
    (problem,) = problems(findings.wrong(exam))
    assert problem == "wrong/square__sign_kept names test_negative, which passes; it fails test_alone, test_value"


def test_a_wrong_answer_that_names_no_test(examine, monkeypatch):
    monkeypatch.setitem(FAILS, "double__half", "test_halves")
    (problem,) = problems(findings.wrong(examine()))
    assert "wrong/double__half names test_halves, which is no test of double" in problem


def test_a_wrong_answer_that_costs_another_questions_points(examine):
    """Two wrong answers stand in one hand-in; the one that does the harm is found."""
    breaks_numpy = "np.square = lambda x: x\ndef double(x):\n    return x"
    exam = examine({"wrong/double__breaks_numpy": breaks_numpy, "wrong/double__zero": "def double(x):\n    return 0 * x"})
    found = problems(findings.wrong(exam), "another question")
    assert found and all(p.startswith("wrong/double__breaks_numpy costs points in another question: square/test_") for p in found)


def test_a_test_that_passes_on_a_missing_answer(examine):
    vacuous = DOUBLE + '\ndef test_nothing(student):\n    """Nothing."""\n    assert_shape(np.ones(2), (2,), hint="Always.")\n'
    exam = examine(test_double=vacuous)
    assert problems(findings.stub(exam)) == [
        "double/test_nothing passes on the notebook as released: let it measure something that only an answer has",
        "double/test_nothing passes where only double is not answered",
    ]


def test_a_test_that_breaks_on_an_answer(examine):
    careless = SQUARE.replace("assert_close(student.square_of(x), x**2,", "assert_close(student.square_of(x)['y'], x**2,", 1)
    exam = examine({"wrong/square__text": "def square(x):\n    return 'nine'"}, test_square=SQUARE)
    assert not problems(findings.unbroken(exam))
    broken = examine(test_square=careless)
    assert any("the test itself broke on" in p and "square/test_value" in p for p in problems(findings.unbroken(broken)))


def test_survivors_waivers_and_score(examine, tmp_path):
    lax = SQUARE.replace("x**2,", "x**2, atol=1e6,").replace("[9.0, 2.25],", "[9.0, 2.25], atol=1e6,")
    exam = examine(mutants=True, test_square=lax)
    survivors = exam.waived.unexplained
    assert survivors and {m.question for m in survivors} == {"square"}
    assert findings.score(exam, "double").share == 1
    said = "\n".join(findings.mutants(exam).problems)
    page.write_page(tmp_path / "page.html", [(exam, [findings.mutants(exam)])])
    written = (tmp_path / "page.html").read_text()
    assert written.count("no test notices this change") == len(survivors)
    assert "square__sign_kept" in written and "test_square.py:10" in written
    assert f"{survivors[0].id} survives" in said and "waivers.yaml" in said and "the goal 97 %" in said

    entries = [f"- question: {m.question}\n  change: |\n{_indented(m.change)}\n  why: made up\n" for m in survivors]
    stale = "- question: double\n  change: |\n    - gone\n    + new\n  why: old\n"
    write_text(tmp_path / "tests" / "answers" / "toy" / "waivers.yaml", "".join([*entries, stale]))
    waived = findings.mutants(examine(mutants=True, test_square=lax))
    assert [p.partition(";")[0] for p in waived.problems] == ["waivers.yaml: no survivor of double has this change any more"]


def _indented(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())


ASSERTIONS = [m.start() for m in re.finditer(r"    assert_", SQUARE)]


@pytest.mark.parametrize("number", range(len(ASSERTIONS)))
def test_the_matrix_foretells_what_removing_an_assertion_does(examine, number):
    """Each assertion of a suite is really taken out: the examination fails exactly where the matrix says needed."""
    exam = examine(mutants=True)
    tree = ast.parse(SQUARE)
    evidence = exam.matrices["square"].evidence(exam.suite.assertions("square"))[number]
    assert findings.mutants(exam).holds and not problems(findings.wrong(exam))
    for function in ast.walk(tree):
        for statement in getattr(function, "body", []):
            if statement.lineno == evidence.assertion.line + 1 and isinstance(statement, ast.Expr):  # SQUARE begins with a new line
                statement.value = ast.Call(ast.Name("repr", ast.Load()), statement.value.args[:1], [])
    without = examine(mutants=True, test_square=ast.unparse(tree))
    fails = bool(problems(findings.wrong(without)) or findings.mutants(without).problems)
    assert fails == bool(evidence.needed_by)
    assert fails or evidence.covered_by


ORDER_MATTERS = '''
LEFT = []


def test_finds(student):
    """Finds nothing that another test has left."""
    assert_shape(student.double_of(np.ones(2 + len(LEFT))), (2,), hint="Two.")


def test_leaves(student):
    """Leaves something behind."""
    LEFT.append(1)
    assert_shape(student.double_of(np.ones(2)), (2,), hint="Two.")
'''


def test_a_verdict_that_depends_on_the_order_is_named(examine, monkeypatch):
    monkeypatch.setattr(repeat, "ROUNDS", 4)
    exam = examine(test_double=DOUBLE + ORDER_MATTERS)
    found = repeat.check(exam, exam.crew, lambda: None)
    assert [p.partition(" is now")[0] for p in found.problems if p.startswith("solution")] == ["solution: double/test_finds"]


def test_the_same_verdicts_again(examine, monkeypatch):
    monkeypatch.setattr(repeat, "ROUNDS", 3)
    exam = examine()
    found = repeat.check(exam, exam.crew, lambda: None)
    assert found.holds and found.said.startswith("3 gradings in random order and fresh processes agree")


COUNTED = '''

def test_count(student):
    """As many as went in."""
    assert_between(len(student.double_of(np.ones(3))), 3, 9, hint="One for each.")
'''


def test_what_lies_exactly_on_a_bound_is_no_near_miss(examine):
    exam = examine(test_double=DOUBLE.replace("assert_close", "assert_between, assert_close", 1) + COUNTED)
    assert 1.0 in [check.ratio for test in exam.result(exam.solution, "double").tests for check in test.checks]
    assert not repeat._near(exam)


SECRET = "return np.linalg.norm(x[None]) ** 2 * np.sign(1.0)"


@pytest.mark.parametrize("place", ["solution", "bank", "test", "hint"])
def test_a_secret_in_the_students_folder(examine, tmp_path, place, monkeypatch):
    suite, bank = {}, {}
    if place == "solution":
        monkeypatch.setitem(RIGHT, "square", f"def square(x):\n    if x is None:\n        {SECRET}\n    return np.square(x)")
    if place == "bank":
        bank = {"right/square__odd": f"def square(x):\n    if x is None:\n        {SECRET}\n    return x * x"}
    if place == "test":
        suite = {"test_square": SQUARE + f"\ndef unused(x):\n    {SECRET}\n"}
    if place == "hint":
        suite = {"test_square": SQUARE.replace("Signs go.", SECRET)}
    exam = examine(bank, **suite)
    assert secrets.check(exam, exam.crew).holds
    write_text(tmp_path / "student_template" / "toy" / "notes.txt", f"try {SECRET} instead")
    (problem,) = secrets.check(exam, exam.crew).problems
    assert "student_template/toy" in problem and SECRET in problem


def test_a_right_answer_may_repeat_what_the_notebook_gives(examine):
    given = "grader = otter.Notebook('toy.ipynb')"
    exam = examine({"right/square__again": f"{given}\ndef square(x):\n    return x * x"})
    assert secrets.check(exam, exam.crew).holds


def test_a_worker_reaches_no_hidden_file(examine, tmp_path):
    exam = examine()
    tmp_path.chmod(0o755)
    finding = secrets.check(exam, exam.crew)
    assert finding.holds and not finding.notes


def test_a_worker_that_did_reach_one_would_be_told(examine, monkeypatch):
    exam = examine()
    monkeypatch.setattr(secrets, "Worker", lambda *_: _Blabber())
    (problem,) = secrets.check(exam, exam.crew).problems
    assert problem == "code in a worker could reach tests/hidden/toy/test_square.py"


class _Blabber:
    """A worker in which everything is open."""

    def __enter__(self):
        return SimpleNamespace(install=lambda *_: None, call=lambda name, args, kwargs, seed: [p for p in args[0] if p.endswith("test_square.py")])

    def __exit__(self, *_):
        pass



def test_what_a_stub_lacks_is_named(examine, tmp_path):
    exam = examine()
    assert list(notebook._stub(exam, "double")) == [
        "double: double has no docstring of 3 lines: give arguments, shapes, the convention, and an example",
        "double: 3 hidden tests, and needs 4",
    ]
    exam.notebooks.stubs["double"] = 'def double(x):\n    """Doubles.\n\n    Returns as many.\n    """'
    assert "double: the docstring of double names no shape, as in `(B, D)`" in notebook._stub(exam, "double")
    exam.notebooks.stubs["double"] = 'def double(x):\n    """Doubles.\n\n    `x`: of shape `(B, D)`.\n    """'
    assert list(notebook._stub(exam, "double")) == ["double: 3 hidden tests, and needs 4"]
    exam.notebooks.stubs["double"] = "def twice(x): ..."
    assert "double: the released cell does not define double, which grader_config.yaml names as its stub" in notebook._stub(exam, "double")


def test_a_public_check_that_the_solution_fails_is_named():
    def cell(source: str, said: str) -> dict:
        return {"cell_type": "code", "source": source, "outputs": [{"data": {"text/plain": [said]}}]}

    cells = [cell("1 + 1", "2"), cell('grader.check("double")', "double results: All test cases passed!"), cell('grader.check("square")', "square: 1 failed")]
    assert budget._failed_checks({"cells": cells}) == ["the solution does not pass the public check of square: square: 1 failed"]


def test_a_notebook_that_stops_and_one_without_end(tmp_path, monkeypatch):
    code, seconds, said = budget._timed([sys.executable, "-c", "raise SystemExit('on the way')"], tmp_path)
    assert (code, said.strip()) == (1, "on the way") and seconds > 0
    monkeypatch.setattr(budget, "_TOO_LONG", 0.1)
    code, _, _ = budget._timed([sys.executable, "-c", "import signal; signal.pause()"], tmp_path)
    assert code == -signal.SIGKILL
