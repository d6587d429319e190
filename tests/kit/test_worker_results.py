"""What a probe's result, or the exception in its place, arrives as: data, whatever student code returns or raises."""

import numpy as np
import pytest

from gradetape.config import Limits
from gradetape.sandbox.client import StudentError, StudentMissing, Worker
from one_worker import error_of, prepared, run


@pytest.fixture(scope="module")
def shared(zygote):
    """One worker for tests that leave nothing in each other's way; its probe calls a name of the notebook."""
    with Worker(zygote.path, Limits()) as started:
        yield prepared(started)


@pytest.mark.parametrize(
    ("expression", "arrives"),
    [
        ("tf.constant([1.5, 2.5])", np.array([1.5, 2.5], "f")),
        ("keras.Variable([[1, 2]], dtype='int32')", np.array([[1, 2]], "i")),
        ("tf.Variable(3.0)", np.array(3.0, "f")),
        ("np.arange(3)", np.arange(3)),
        ("np.float32(2)", np.array(2, "f")),
        ("(1, [2.5, None], 'three', True)", [1, [2.5, None], "three", True]),
        ("{'loss': tf.constant(1.0), 2: 'two'}", {"loss": np.array(1, "f"), "2": "two"}),
        ("tf.constant(['a', 'b'])", ["a", "b"]),
        ("tf.cast([1.5], 'bfloat16')", np.array([1.5], "f")),
        ("np.nan", np.nan),
        ("-np.inf", -np.inf),
        ("np.array([1 + 2j])", np.array([1 + 2j])),
        ("{}", {}),
        ("np.zeros((0, 4))", np.zeros((0, 4))),
        ("tf.keras.metrics.Mean().result()", np.array(0, "f")),
    ],
)
def test_data_arrives_as_arrays_and_plain_values(shared, expression, arrives):
    got = run(shared, f"import keras\nimport numpy as np\nimport tensorflow as tf\ndef f(): return {expression}")
    np.testing.assert_equal(got, arrives)
    assert type(got) is type(arrives)


def test_arguments_arrive(shared):
    got = run(shared, "def f(x, *rest, scale): return [x * scale, list(rest)]", "f", np.ones((2, 3)), 1, "a", [None], scale=2.0)
    np.testing.assert_equal(got, [2 * np.ones((2, 3)), [1, "a", [None]]])


@pytest.mark.parametrize(
    "expression",
    [
        "lambda: 0",
        "(i for i in range(3))",
        "object()",
        "keras.layers.Dense(3)",
        "{1, 2}",
        "b'bytes'",
        "np.array([object()])",
        "[[1], [2, 3], object()]",
        "2**70",
        "tf.RaggedTensor",
        "keras.Input((3,))",
        "list(range(10**6))",
        "type",
        "...",
    ],
)
def test_what_is_no_data_is_the_students_error(shared, expression):
    assert str(error_of(shared, f"import keras\nimport numpy as np\nimport tensorflow as tf\ndef f(): return {expression}"))


@pytest.mark.parametrize(
    "body",
    [
        "class Liar:\n    def __array__(self, *args, **kwargs): raise SystemExit(0)",
        "class Liar:\n    def __array__(self, *args, **kwargs): return 'no array'",
        "class Liar:\n    shape = property(lambda self: 1 / 0)\n    __len__ = lambda self: 10**12\n    __getitem__ = lambda self, i: self",
        "class Liar:\n    __class__ = property(lambda self: dict)",
        "class Liar(dict):\n    def items(self): raise KeyboardInterrupt",
        "class Liar(float):\n    def __float__(self): raise ValueError('no number')",
        "class Liar(int):\n    def __int__(self): return object()",
        "class Liar:\n    def __getattr__(self, name): raise BaseException(name)",
    ],
)
def test_objects_that_lie_are_the_students_error(shared, body):
    assert str(error_of(shared, f"{body}\ndef f(): return Liar()"))


def test_liars_that_call_themselves_equal_are_sent_as_what_they_hold(shared):
    """What decides is compared where no student code runs, so `__eq__` has nobody to lie to."""
    source = "class Liar(float):\n    __eq__ = lambda self, other: True\n    __hash__ = None\ndef f(): return [Liar(2.5)]"
    assert run(shared, source) == [2.5]


def test_tracebacks_show_the_students_own_lines(shared):
    error = error_of(shared, "def inner(x):\n    return x / 0\n\ndef f():\n    return list(map(inner, [1]))")
    assert str(error) == "ZeroDivisionError: division by zero"
    assert error.traceback.splitlines() == [
        "cell 4, line 5, in f",
        "    return list(map(inner, [1]))",
        "cell 4, line 2, in inner",
        "    return x / 0",
        "ZeroDivisionError: division by zero",
    ]


def test_tracebacks_leave_out_the_librarys_frames(shared):
    error = error_of(
        shared,
        """
import keras
class Broken(keras.layers.Layer):
    def call(self, x):
        return undefined
def f():
    return Broken()(keras.ops.ones((1, 2)))
""",
    )
    assert "return undefined" in error.traceback
    assert "site-packages" not in error.traceback + str(error)


def test_an_exception_from_a_graph_shows_the_students_line(shared):
    error = error_of(shared, "import tensorflow as tf\n@tf.function\ndef f():\n    return undefined + 1")
    assert "return undefined + 1" in error.traceback


def test_a_syntax_error_names_cell_and_line(shared):
    with pytest.raises(StudentError) as raised:
        shared.run_cell("x = 1\ndef f(:\n", "<cell 9>")
    assert "cell 9, line 2" in raised.value.traceback
    assert "def f(:" in raised.value.traceback


@pytest.mark.parametrize("exception", ["SystemExit(0)", "KeyboardInterrupt()", "GeneratorExit()", "BaseException('odd')", "StopIteration()"])
def test_every_kind_of_exception_is_an_answer(shared, exception):
    assert str(error_of(shared, f"def f(): raise {exception}")).startswith(exception.partition("(")[0])
    with pytest.raises(StudentError, match=exception.partition("(")[0]):
        shared.run_cell(f"raise {exception}", "<cell 5>")


@pytest.mark.parametrize(
    "body",
    [
        "def __str__(self): raise ValueError",
        "def __str__(self): return 5",
        "__traceback__ = None",
        "def __str__(self): return 'x' * 10**7",
        "def __str__(self): return ''",
        "def __str__(self): return '\\ud800'",
    ],
)
def test_exceptions_that_cannot_be_shown_are_still_answers(shared, body):
    error = error_of(shared, f"class Odd(Exception):\n    {body}\ndef f(): raise Odd('a message')")
    assert str(error).startswith("Odd")
    assert len(str(error)) < 5000


def test_a_name_that_is_missing_is_said_by_name(shared):
    with pytest.raises(StudentMissing, match="`no_such_name` is not defined"):
        shared.call("run", ("no_such_name",), {}, 1)


def test_a_stub_is_missing_too(shared):
    with pytest.raises(StudentMissing, match="not written yet"):
        run(shared, "def f(): raise NotImplementedError('f is not written yet')")


def test_a_class_where_a_function_is_due_is_called_as_one(shared):
    with pytest.raises(StudentError, match="takes no arguments|takes 1 positional"):
        run(shared, "class f: pass", "f", 1)
