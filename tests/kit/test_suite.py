"""A hidden suite run by hand: `pytest tests/hidden/toy --submission hand-in.ipynb` says what grading says."""

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from gradetape.config import find_course
from gradetape.grading import Grader
from gradetape.sandbox.client import StudentTimeout
from gradetape.submission import read_submission
from gradetape.suite import plugin
from gradetape.suite.candidate import Candidate
from gradetape.suite.plugin import Probes
from toy_course import write_course, write_notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return write_course(tmp_path_factory.mktemp("toys"))


def pytest_by_hand(course, *arguments):
    command = [sys.executable, "-m", "pytest", "tests/hidden/toy", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments]
    return subprocess.run(command, cwd=course.root, env=os.environ | {"COLUMNS": "200"}, capture_output=True, text=True)


HAND_IN = {
    "first": "1 / 0",
    "double": "def double(x):\n    if x.shape == (3, 4):\n        return x[0].no_such_thing\n    return 3 * x",
    "square": "import os\ndef square(x):\n    if x.ndim == 1 and (x < 0).all():\n        os._exit(3)\n    return double_of_my_own(x) if x.ndim == 1 else x * x",
}


def test_by_hand_and_graded_the_verdicts_are_the_same(course, zygote, tmp_path):
    hand_in = write_notebook(tmp_path / "hand-in.ipynb", **HAND_IN)
    graded = {test.name: test for q in Grader(course, "toy", zygote.path).grade_file(hand_in).questions for test in q.tests if q.name == "double"}
    ended = pytest_by_hand(course, "--submission", str(hand_in), "-rA", "--tb=short")
    assert ended.returncode == 1, ended.stdout + ended.stderr
    counts = re.search(r"(\d+) failed, (\d+) passed, (\d+) skipped", ended.stdout)
    assert [int(n) for n in counts.groups()] == [4, 1, 1]
    assert {name: test.outcome for name, test in graded.items()} == {"test_value": "failed", "test_shape": "error", "test_large": "deferred"}
    for test in graded.values():
        if test.outcome not in ("passed", "deferred"):
            assert test.title in ended.stdout
            assert f"{test.outcome}: {test.detail}" in ended.stdout
            assert f"hint: {test.hint}" in ended.stdout or not test.hint
    assert "line 3, in double" in ended.stdout, "the student's own traceback"
    assert "crash: the code ended Python itself, with exit status 3" in ended.stdout
    assert "deferred: runs with --tier gpu" in ended.stdout


def test_without_a_notebook_it_asks_for_one(course):
    ended = pytest_by_hand(course)
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "give one with --submission PATH" in ended.stderr + ended.stdout


def test_what_cannot_be_examined_is_said_plainly(course, tmp_path):
    (tmp_path / "broken.ipynb").write_text("no notebook")
    ended = pytest_by_hand(course, "--submission", str(tmp_path / "broken.ipynb"))
    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: " in ended.stderr
    assert "Traceback" not in ended.stderr + ended.stdout


def test_other_tests_need_no_notebook(tmp_path):
    """The plugin is there wherever the kit is installed, and leaves others' tests alone."""
    (tmp_path / "test_other.py").write_text("def test_plain(): pass\n")
    ended = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout


def candidate(zygote, course, tmp_path, **cells) -> Candidate:
    return Grader(course, "toy", zygote.path).new_run(read_submission(write_notebook(tmp_path / "x.ipynb", **cells))).student


def test_seeds_come_from_the_tests_name_and_count_its_calls(zygote, course, tmp_path):
    one, other = (candidate(zygote, course, tmp_path) for _ in range(2))
    seeds = []
    for side in (one, other):
        for test in ("double/test_value", "double/test_shape"):
            side.begin(test)
            seeds.append([side.seed("double_of"), side.seed("double_of"), side.seed("square_of")])
    assert seeds[:2] == seeds[2:]
    assert len({seed for test in seeds[:2] for seed in test}) == 6
    assert all(0 <= seed < 2**31 for test in seeds for seed in test)


def test_student_and_reference_draw_the_same(zygote, tmp_path):
    """A test may compare what both drew with the seed of the same call."""
    course = write_course(
        tmp_path,
        test_square="""
            from gradetape.suite import assert_equal, question
            pytestmark = question("square")
            def test_drawn(student, reference):
                for _ in range(2):
                    assert_equal(student.square_of(3), reference.square_of(3))
        """,
    )
    drawing = "def square(x): return keras.random.normal((x,))"
    for path in (course.solution("toy"), tmp_path / "x.ipynb"):
        write_notebook(path, square=drawing)
    report = Grader(course, "toy", zygote.path).grade_file(tmp_path / "x.ipynb")
    assert [test.outcome for test in report.questions[1].tests] == ["passed"]


def test_parameters_make_tests_of_their_own(zygote, tmp_path):
    course = write_course(
        tmp_path,
        test_square="""
            import pytest
            from gradetape.suite import assert_close, question, weight
            pytestmark = question("square")
            @weight(2)
            @pytest.mark.parametrize("x", [1, 2, 3])
            def test_one(student, rng, x):
                assert_close(student.square_of(x), x**2)
        """,
    )
    report = Grader(course, "toy", zygote.path).grade_file(write_notebook(tmp_path / "x.ipynb", square="def square(x): return x if x < 2 else x * x"))
    found = [(test.name, test.outcome, test.weight) for test in report.questions[1].tests]
    assert found == [("test_one[1]", "passed", 2), ("test_one[2]", "passed", 2), ("test_one[3]", "passed", 2)]


def test_helpers_and_tests_of_no_question_count_for_nothing(zygote, tmp_path):
    course = write_course(tmp_path, test_helpers="def helper(): pass\ndef test_of_no_question(): assert False\n")
    report = Grader(course, "toy", zygote.path).grade_file(write_notebook(tmp_path / "x.ipynb"))
    assert report.earned == pytest.approx(9.2)


def test_two_courses_and_an_edited_suite_are_not_mixed_up(zygote, tmp_path):
    """pytest keeps modules by their names; one process may grade under suites of the same name."""
    reports = []
    for name, wanted in (("one", "[9]"), ("two", "[8]"), ("one", "[7]")):
        head = 'from gradetape.suite import assert_close, question\npytestmark = question("square")\n'
        text = f"{head}def test_it(student): assert_close(student.square_of(3), {wanted}[0])\n"
        course = write_course(tmp_path / name, test_square=text)
        reports.append(Grader(course, "toy", zygote.path).grade_file(write_notebook(tmp_path / "x.ipynb")))
    assert [report.questions[1].earned for report in reports] == [6, 0, 0]
    assert len({report.versions["suite"] for report in reports}) == 3


def test_probes_are_asked_by_their_names_and_python_finds_no_others():
    asked = []

    class Asked:
        def seed(self, probe):
            return 5

        def call(self, *request):
            asked.append(request)

    config = SimpleNamespace(stash=pytest.Stash())
    plugin.begin(config, SimpleNamespace(student=Asked()))
    probes = Probes(config, "student")
    probes.some_probe(1, two=2)
    assert asked == [("some_probe", (1,), {"two": 2}, 5)]
    with pytest.raises(AttributeError):
        probes.__array__


def test_a_candidate_out_of_time_starts_no_worker(zygote, course, tmp_path):
    one = candidate(zygote, course, tmp_path)
    one._seconds_before = 1000.0
    with pytest.raises(StudentTimeout, match="the whole submission has used its 20 s"):
        one.call("double_of", (1,), {}, 1)
    assert not one.held
    assert not one.problems


def test_less_and_less_time_for_an_answer_that_loops_and_enough_for_the_others(zygote, course, tmp_path):
    """Each loop costs seconds, and a class has many; another question's probes may need a second that is well spent."""
    one = candidate(zygote, course, tmp_path, double="def double(x):\n    while True: pass")
    asked = {"double/test_value": "double_of", "double/test_shape": "double_of", "double/test_sign": "double_of", "square/test_value": "square_of"}
    allowed = []
    for test, probe in asked.items():
        one.begin(test)
        allowed.append(one._allowance())
        with contextlib.suppress(StudentTimeout):
            one.call(probe, (2,), {}, 1)
    one.close()
    assert allowed == [2, 0.5, 0.125, 0.5]


def test_every_hidden_suite_here_names_known_questions():
    """A test of a misspelt question would count for nothing."""
    real = find_course(Path(__file__).parent)
    for name, assignment in real.config.assignments.items():
        for file in real.suite(name).glob("test_*.py"):
            for question in re.findall(r'question\("(\w+)"\)', file.read_text()):
                assert question in assignment.questions, file
