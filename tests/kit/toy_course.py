"""A course of one tiny assignment: two questions, `double` and `square`, and a hidden suite for each."""

from __future__ import annotations

import textwrap
from pathlib import Path

import nbformat

from gradetape.config import Course, find_course

CONFIG = """
course: Toys
assignments:
  toy:
    title: Toys
    points: 10
    minutes: 5
    questions:
      double: {title: Doubling, points: 4, stub: double}
      square: {title: Squaring, points: 6, stub: square}
    limits: {probe_seconds: 2, submission_seconds: 20, wall_factor: 4, memory_mb: 1024, disk_mb: 32}
"""

PROBES = '''
def double_of(student, x):
    return student.double(x)


def square_of(student, x):
    return student.square(x)


def square_by_double(student, x):
    """What `square` gives when `double` adds ten instead."""
    with student.replacing(double=lambda x: x + 10):
        return student.square(x)
'''

TEST_DOUBLE = '''
import numpy as np
import pytest
from gradetape.suite import assert_close, assert_shape, question, visible, weight

pytestmark = question("double")


def test_value(student, reference, rng):
    """Doubles each element."""
    x = rng.normal(size=(3, 2))
    got = student.double_of(x)
    assert_close(got, 2 * x, hint="Twice the input.", what="double(x)")
    assert_close(got, reference.double_of(x))


@visible
@weight(3)
def test_shape(student):
    """Keeps the shape.

    Whatever it is.
    """
    assert_shape(student.double_of(np.ones((3, 4))), (3, 4), hint="Every element once.")


@pytest.mark.gpu
def test_large(student):
    assert_shape(student.double_of(np.ones((300, 400))), (300, 400))
'''

TEST_SQUARE = '''
import numpy as np
from gradetape.suite import assert_close, question

pytestmark = question("square")


def test_value(student, rng):
    """Squares each element."""
    x = rng.normal(size=(3, 2))
    assert_close(student.square_of(x), x**2, hint="Each element times itself.")


def test_negative(student):
    """Squares numbers below zero."""
    assert_close(student.square_of(np.array([-3.0, -1.5])), [9.0, 2.25])


def test_alone(student, rng):
    """Does not depend on double."""
    x = rng.normal(size=4)
    assert_close(student.square_by_double(x), x**2)
'''

SETUP = "import numpy as np\nimport tensorflow as tf\nimport keras\nimport otter\ngrader = otter.Notebook('toy.ipynb')"
RIGHT = {"double": "def double(x):\n    return 2 * tf.constant(x)", "square": "def square(x):\n    return np.square(x)"}
STUBS = {name: f"def {name}(x):\n    raise NotImplementedError('{name} is not written yet')" for name in RIGHT}
DEMO = "print('shown, never graded')\n1 / 0"


def write_course(folder: Path, **suite_files: str) -> Course:
    """Write the course into `folder`. `suite_files` replace or add files of the hidden suite: `test_double="…"`."""
    files = {"probes": PROBES, "test_double": TEST_DOUBLE, "test_square": TEST_SQUARE} | suite_files
    write_text(folder / "grader_config.yaml", CONFIG)
    for name, text in files.items():
        write_text(folder / "tests" / "hidden" / "toy" / f"{name}.py", text)
    write_notebook(folder / "solutions" / "toy.ipynb", **RIGHT)
    write_notebook(folder / "student_template" / "toy" / "toy.ipynb", **STUBS)
    return find_course(folder)


def write_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text).lstrip())
    return path


def write_notebook(path: Path, first: str = "", last: str = "", **answers: str) -> Path:
    """Write a hand-in: the released cells with `answers` (the right ones where not given) in the place of the stubs.

    `first` is a cell of the student's own before the answers, `last` one after them.
    """
    answers = RIGHT | answers
    cells = {
        "setup": SETUP,
        "first": first,
        "answer:double": answers["double"],
        "check": "grader.check('double')",
        "answer:square": answers["square"],
        "check-square": "grader.check('square')",
        "demo": DEMO,
        "last": last,
    }
    notebook = nbformat.v4.new_notebook()
    for role, source in cells.items():
        if source:
            metadata = {} if role in ("first", "last") else {"tags": [role.partition("-")[0]]}
            notebook.cells.append(nbformat.v4.new_code_cell(textwrap.dedent(source).strip(), id=role.replace(":", "-"), metadata=metadata))
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path
