"""One submission in, one report out: verdicts, points, and what happens when the suite itself is at fault."""

import shutil

import pytest

from gradetape.config import ConfigError
from gradetape.grading import Grader, SuiteBroken
from gradetape.sandbox.client import SandboxError
from gradetape.submission import read_submission
from gradetape.suite.reference import Reference
from toy_course import PROBES, STUBS, write_course, write_notebook, write_text


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The toy course, for tests that do not change it."""
    return write_course(tmp_path_factory.mktemp("toys"))


@pytest.fixture
def grade(course, zygote, tmp_path):
    """Grades a hand-in with the given cells."""

    def grade_it(*, tier="cpu", soft=False, **cells):
        return Grader(course, "toy", zygote.path, tier, soft).grade_file(write_notebook(tmp_path / "ada_hand-in.ipynb", **cells))

    return grade_it


def test_of(report, question, name):
    return next(t for q in report.questions if q.name == question for t in q.tests if t.name == name)


test_of.__test__ = False


def timeless(report):
    """A report without what is another number each time."""
    found = report.model_dump(exclude={"seconds", "memory_mb"})
    for question in found["questions"]:
        for test in question["tests"]:
            del test["seconds"]
    return found


def test_a_right_answer(grade):
    report = grade()
    assert (report.earned, report.deferred, report.possible) == (pytest.approx(9.2), pytest.approx(0.8), 10)
    assert report.full
    assert (report.assignment, report.submission, report.problem, report.tier) == ("toy", "ada_hand-in.ipynb", "", "cpu")
    assert report.sandbox.startswith("locked by limits")
    assert report.seconds > 0
    assert report.memory_mb > 0
    assert len(report.sha256) == 64
    assert {"suite", "solution", "config", "python", "tensorflow", "keras", "numpy", "gradetape"} == set(report.versions)
    assert [(q.name, q.title, q.points, len(q.tests)) for q in report.questions] == [("double", "Doubling", 4, 3), ("square", "Squaring", 6, 3)]


def test_the_answers_are_kept_for_staff(grade):
    report = grade(double="def double(x):\n    return x + x", square=STUBS["square"])
    assert report.answers == {"double": "def double(x):\n    return x + x"}


def test_what_a_test_says_of_itself(grade):
    report = grade()
    shape = test_of(report, "double", "test_shape")
    assert (shape.title, shape.weight, shape.visible, shape.gpu, shape.outcome) == ("Keeps the shape", 3, True, False, "passed")
    value = test_of(report, "double", "test_value")
    assert (value.title, value.weight, value.visible) == ("Doubles each element", 1, False)
    assert len(value.checks) == 2
    large = test_of(report, "double", "test_large")
    assert (large.title, large.outcome, large.gpu) == ("large", "deferred", True)


def test_a_wrong_answer(grade):
    value = test_of(grade(double="def double(x): return 3 * x"), "double", "test_value")
    assert (value.outcome, value.hint, value.traceback) == ("failed", "Twice the input.", "")
    assert value.detail.startswith("double(x): at [0, 0] expected ")
    assert value.detail.endswith("(6 of 6 elements)")
    assert [made.passed for made in value.checks] == [False]


def test_an_answer_that_raises(grade):
    value = test_of(grade(square="def square(x):\n    y = x * 2\n    return y.no_such_thing"), "square", "test_value")
    assert value.outcome == "error"
    assert "AttributeError" in value.detail
    assert "line 3, in square\n    return y.no_such_thing" in value.traceback


@pytest.mark.parametrize(
    ("square", "detail"),
    [
        ("pass", "`square` is not defined"),
        ("def sqare(x): return x", "`square` is not defined"),
        ("def square(x): raise NotImplementedError('not yet')", "NotImplementedError: not yet"),
    ],
)
def test_an_answer_that_is_missing(grade, square, detail):
    value = test_of(grade(square=square), "square", "test_value")
    assert (value.outcome, value.detail) == ("missing", detail)


def test_an_answer_that_loops_or_dies_says_so_to_the_student(grade):
    report = grade(double="def double(x):\n    while True: pass", square="import os\ndef square(x): os._exit(4)")
    hint = test_of(report, "double", "test_value").hint
    assert hint.startswith(("It computed for longer than allowed (2 s)", "It waited")), "on a busy machine it waits for its turn"
    assert test_of(report, "double", "test_shape").outcome == "timeout"
    square = test_of(report, "square", "test_value")
    assert (square.outcome, square.hint) == ("crash", "The code ended Python itself, with exit status 4")


def test_a_cell_that_fails_is_named_and_the_others_run(grade):
    report = grade(first="x = 1\nx.y", last="import os\nos._exit(1)")
    assert report.earned == pytest.approx(9.2)
    found = [(cell.cell, cell.error.partition(":")[0]) for cell in report.cells]
    assert found == [(2, "AttributeError"), (8, "the code ended Python itself, with exit status 1")]
    assert "cell 2, line 2" in report.cells[0].traceback


def test_what_is_printed_is_kept(grade):
    assert "printed by a cell" in grade(first="print('printed by a cell')").output


def test_the_gpu_tier_runs_what_was_deferred_and_nothing_else(grade):
    report = grade(tier="gpu")
    assert report.tier == "gpu"
    assert test_of(report, "double", "test_large").outcome == "passed"
    assert {t.outcome for q in report.questions for t in q.tests if not t.gpu} == {"deferred"}


def test_a_regrade_gives_the_same(grade):
    cells = {"double": "def double(x): return x + np.random.normal(size=x.shape)", "square": "def square(x): return tf.random.normal(x.shape)"}
    assert timeless(grade(**cells)) == timeless(grade(**cells))


def test_one_hand_in_leaves_nothing_to_the_next(zygote, tmp_path):
    """The suite is collected once; its fixtures, whatever their scope, are made anew for each hand-in."""
    course = write_course(
        tmp_path / "toys",
        test_square="""
            import pytest
            from gradetape.suite import assert_close, question
            pytestmark = question("square")
            @pytest.fixture(scope="module")
            def squared():
                return []
            @pytest.mark.parametrize("x", [2, 3])
            def test_one(student, squared, x):
                squared.append(student.square_of(x))
                assert_close(squared[-1], x * x)
                assert len(squared) == x - 1
        """,
    )
    grader = Grader(course, "toy", zygote.path)
    right = write_notebook(tmp_path / "right.ipynb")
    wrong = write_notebook(tmp_path / "wrong.ipynb", square="def square(x):\n    return x + 2")
    first, other, again = (grader.grade_file(path) for path in (right, wrong, right))
    assert timeless(first) == timeless(again)
    assert [test.outcome for test in first.questions[1].tests] == ["passed", "passed"]
    assert [test.outcome for test in other.questions[1].tests] == ["passed", "failed"]
    assert grader.grade(read_submission(right), ["double"]).questions[1].tests == []


def test_softly_each_assertion_has_its_verdict(course, zygote, tmp_path):
    course = write_course(
        tmp_path,
        test_square="""
            import numpy as np
            from gradetape.suite import assert_close, assert_shape, question
            pytestmark = question("square")
            def test_all(student):
                got = student.square_of(np.ones(3))
                assert_shape(got, (3,), hint="first")
                assert_close(got, [2, 2, 2], hint="second")
                assert_close(np.ones((3, 3)) @ got, [3, 3, 3], hint="never")
            def test_right(student):
                assert_close(student.square_of(np.ones(3)), [1, 1, 1])
        """,
    )
    hand_in = write_notebook(tmp_path / "x.ipynb", square="def square(x): return np.ones(4) if x.sum() == 3 else x")
    hard, soft = (test_of(Grader(course, "toy", zygote.path, soft=soft).grade_file(hand_in), "square", "test_all") for soft in (False, True))
    assert (hard.outcome, hard.hint, len(hard.checks)) == ("failed", "first", 1)
    assert (soft.outcome, soft.hint, len(soft.checks)) == ("failed", "first", 2), "what follows from a wrong shape is no slip of the suite"


def test_some_questions_only(course, zygote, tmp_path):
    report = Grader(course, "toy", zygote.path).grade(read_submission(write_notebook(tmp_path / "x.ipynb")), questions=["square"])
    assert [len(q.tests) for q in report.questions] == [0, 3]


def test_a_double_stands_in_for_another_answer(grade):
    report = grade(square="def square(x): return double(x) * x / 2")
    outcomes = [t.outcome for t in report.questions[1].tests]
    assert outcomes == ["passed", "passed", "failed"], "by way of `double` it is another's answer"


@pytest.mark.parametrize("content", ["", "no notebook", "{}", '{"cells": 5}', "\x00\x01"])
def test_what_cannot_be_read_is_a_problem_and_no_exception(course, zygote, tmp_path, content):
    path = tmp_path / "bob.ipynb"
    path.write_text(content)
    report = Grader(course, "toy", zygote.path).grade_file(path)
    assert report.problem
    assert (report.earned, report.possible, report.full) == (0, 10, False)


# The reference ---------------------------------------------------------------------------------------------------


def test_the_reference_answers_once(course, grade, monkeypatch):
    grade()
    kept = sorted((course.cache() / "reference" / "toy").iterdir())
    assert kept
    monkeypatch.setattr(Reference, "_keep", lambda *_: pytest.fail("asked again"))
    grade(double="def double(x): return x")
    assert sorted((course.cache() / "reference" / "toy").iterdir()) == kept


@pytest.mark.parametrize(
    "spoil",
    [lambda data: b"", lambda data: data[:-3], lambda data: data[:24] + b"\xc1" * (len(data) - 24)],
    ids=["emptied", "cut", "changed"],
)
def test_a_spoilt_answer_is_asked_again(course, grade, spoil):
    grade()
    kept = sorted((course.cache() / "reference" / "toy").iterdir())
    whole = [file.read_bytes() for file in kept]
    for file in kept:
        file.write_bytes(spoil(file.read_bytes()))
    assert grade().earned == pytest.approx(9.2)
    assert [file.read_bytes() for file in kept] == whole


def test_another_solution_or_probe_is_asked_anew(zygote, tmp_path):
    course = write_course(tmp_path)
    folder = course.cache() / "reference" / "toy"
    counts = []
    changes = [
        lambda: None,
        lambda: write_notebook(course.solution("toy"), last="x = 1"),
        lambda: write_text(course.suite("toy") / "probes.py", PROBES + "# changed"),
    ]
    for change in changes:
        change()
        assert Grader(course, "toy", zygote.path).grade_file(write_notebook(tmp_path / "x.ipynb")).earned == pytest.approx(9.2)
        counts.append(len(list(folder.iterdir())))
    assert counts == [1, 2, 3]


def test_the_references_answers_are_its_owners_alone(course, grade):
    grade()
    assert (course.cache() / "reference" / "toy").stat().st_mode & 0o077 == 0


# A suite at fault ------------------------------------------------------------------------------------------------


def graded_with(zygote, tmp_path, body="", **files):
    """The report of a right hand-in under a suite for `square` with a slip in it."""
    if body:
        head = 'import numpy as np\nimport pytest\nfrom gradetape.suite import *\npytestmark = question("square")\n'
        files["test_square"] = f"{head}def test_slip(student, reference):\n    {body}\ndef test_right(student):\n    assert_close(student.square_of(3), 9)\n"
    course = write_course(tmp_path, **files)
    return Grader(course, "toy", zygote.path).grade_file(write_notebook(tmp_path / "x.ipynb"))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("student.square_of(3).no_such_method()", "AttributeError"),
        ("student.no_such_probe(3)", "the probes have no 'no_such_probe'"),
        ("reference.square_of('a')", "the solution fails the probe square_of"),
        ("student.square_of(object())", "NotData"),
        ("assert_close(student.square_of(3), 'nine')", "the suite expects something that is not numbers"),
        ("assert student.square_of(3) == 10", "AssertionError"),
        ("pytest.fail('no reason')", "no reason"),
        ("raise KeyError(student.square_of(3))", "KeyError"),
        ("student.square_of(np.zeros(20_000_000))", "more than a frame may hold"),
    ],
)
def test_a_slip_of_the_suite_is_a_problem_and_not_the_students(zygote, tmp_path, body, said):
    report = graded_with(zygote, tmp_path, body)
    slip = test_of(report, "square", "test_slip")
    assert slip.outcome == "error"
    assert "staff can see why" in slip.hint
    assert report.problem.startswith("The hidden suite failed")
    assert any("square/test_slip" in note and said in note for note in report.notes)
    assert [q.earned for q in report.questions] == [pytest.approx(3.2), 3], "the other tests have their verdicts"


def test_a_fixture_that_fails_is_a_problem(zygote, tmp_path):
    text = 'from gradetape.suite import question\npytestmark = question("square")\ndef test_slip(student, no_such_fixture): pass\n'
    report = graded_with(zygote, tmp_path, test_square=text)
    assert test_of(report, "square", "test_slip").outcome == "error"
    assert report.problem


@pytest.mark.parametrize(
    "text",
    ["def test_x(:", "import no_such_module", 'from gradetape.suite import question\npytestmark = question("square")\n1 / 0\n'],
    ids=["syntax", "import", "exception"],
)
def test_a_suite_that_does_not_load_is_broken_whatever_is_handed_in(zygote, tmp_path, text):
    with pytest.raises(SuiteBroken, match="test_square.py|pytest ended"):
        graded_with(zygote, tmp_path, test_square=text)


@pytest.mark.parametrize("slip", ["import no_such_module", "1 / 0"])
def test_probes_that_do_not_load_are_a_problem(zygote, tmp_path, slip):
    report = graded_with(zygote, tmp_path, probes=f"{PROBES}\n{slip}\n")
    assert report.problem
    assert not report.earned


def test_what_a_suite_lacks_is_said(course, zygote, tmp_path):
    def spoilt(spoil):
        folder = tmp_path / spoil.__name__
        course = write_course(folder)
        spoil(course)
        return Grader(course, "toy", zygote.path)

    def without_probes(course):
        (course.suite("toy") / "probes.py").unlink()

    def without_tests(course):
        for file in course.suite("toy").glob("test_*.py"):
            file.unlink()

    def without_release(course):
        shutil.rmtree(course.student_folder("toy"))

    def without_solution(course):
        course.solution("toy").unlink()

    for spoil, said in ((without_probes, "probes.py: missing"), (without_tests, "no test_")):
        with pytest.raises(SuiteBroken, match=said):
            spoilt(spoil)
    for spoil in (without_release, without_solution):
        with pytest.raises(ConfigError, match="gradetape release toy"):
            spoilt(spoil)


def test_without_landlock_hidden_folders_are_closed_to_other_users(zygote, tmp_path, monkeypatch):
    """A clone's files are readable by all, and then only a worker's uid stands before them."""
    course = write_course(tmp_path)
    monkeypatch.setattr("gradetape.sandbox.landlock.version", lambda: 0)
    Grader(course, "toy", zygote.path)
    for folder in (course.suite("toy").parent, course.solution("toy").parent):
        assert folder.stat().st_mode & 0o077 == 0
    assert course.student_folder("toy").stat().st_mode & 0o077


def test_shared_doubles_are_there_for_probes(zygote, tmp_path):
    course = write_course(tmp_path, probes=PROBES.replace("return student.double(x)", "return twice(student.double, x)") + "from doubles import twice\n")
    write_text(course.doubles(), "def twice(function, x): return function(x)")
    assert Grader(course, "toy", zygote.path).grade_file(write_notebook(tmp_path / "x.ipynb")).earned == pytest.approx(9.2)


def test_a_zygote_that_is_gone_is_a_problem_of_every_test(course, tmp_path):
    report = Grader(course, "toy", str(tmp_path / "door")).grade_file(write_notebook(tmp_path / "x.ipynb"))
    assert report.problem
    assert report.earned == 0
    assert any(SandboxError.__name__ in note for note in report.notes)
