"""What a worker does with the cells of a notebook and with probes, when nobody is hostile or only a little."""

import numpy as np
import pytest

from gradetape.config import Limits
from gradetape.sandbox import worker as worker_side
from gradetape.sandbox.client import StudentCrash, StudentError, StudentMissing, Worker


@pytest.fixture(scope="module")
def shared(zygote):
    """One worker for tests that leave nothing in each other's way; its probe calls a name of the notebook."""
    with Worker(zygote.path, Limits()) as started:
        yield prepared(started)


DOUBLES = """
def ten(*_):
    return 10
"""

PROBES = """
from doubles import ten

def run(student, name, *args, **kwargs):
    return getattr(student, name)(*args, **kwargs)

def with_ten(student, name, replaced, *args):
    with student.replacing(**{replaced: ten}):
        return getattr(student, name)(*args)

def draw(student):
    import keras, numpy as np, random, tensorflow as tf
    return [keras.random.normal((3,)), tf.random.normal((3,)), np.random.rand(3), random.random()]
"""


def prepared(worker):
    worker.install("doubles", DOUBLES)
    worker.install("probes", PROBES)
    return worker


def run(worker, source, name="f", *args, **kwargs):
    """Define `name` in a cell, call it by a probe, and return what arrives."""
    worker.run_cell(source, "<cell 4>")
    return worker.call("run", (name, *args), kwargs, 7)


def error_of(worker, source):
    with pytest.raises(StudentError) as raised:
        run(worker, source)
    return raised.value


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


def test_a_double_stands_in_for_a_name_and_goes_again(shared):
    shared.run_cell("def g(x): return x + 1\ndef f(x): return g(x)", "<cell 4>")
    assert shared.call("with_ten", ("f", "g", 5), {}, 1) == 10
    assert shared.call("run", ("f", 5), {}, 1) == 6


def test_a_double_for_a_name_that_there_is_not_goes_again(shared):
    shared.run_cell("def f(x): return absent(x)", "<cell 4>")
    assert shared.call("with_ten", ("f", "absent", 5), {}, 1) == 10
    with pytest.raises(StudentError, match="absent"):
        shared.call("run", ("f", 5), {}, 1)


def test_a_double_goes_even_where_the_student_raises():
    names = {"g": 1}
    with pytest.raises(ZeroDivisionError):
        with worker_side.Student(names).replacing(g=2, h=3):
            raise ZeroDivisionError
    assert names == {"g": 1}


def test_seeds_decide_what_is_drawn(shared):
    first, again, other = (shared.call("draw", (), {}, seed) for seed in (3, 3, 4))
    np.testing.assert_equal(first, again)
    for a, b in zip(first, other):
        assert not np.allclose(a, b)


def test_cells_share_their_names_and_see_the_modules(shared):
    shared.run_cell("import math\nfrom doubles import ten\nradius = 2", "<cell 1>")
    assert run(shared, "def f(): return [radius * 3, ten(), __name__]") == [6, 10, "__main__"]


def test_a_cell_defines_what_stands_before_its_error(shared):
    with pytest.raises(StudentError, match="ZeroDivisionError"):
        shared.run_cell("before = 5\n1 / 0\nafter = 6", "<cell 3>")
    assert run(shared, "def f(): return [before, 'after' in globals()]") == [5, False]


def test_graph_mode_works_in_cells(shared):
    """AutoGraph reads a function's source again."""
    source = """
import tensorflow as tf
@tf.function
def f(n):
    total = tf.constant(0)
    for i in tf.range(n):
        if i % 2 == 0:
            total += i
    return total
"""
    np.testing.assert_equal(run(shared, source, "f", 5), np.array(6, "i"))


def test_a_model_trains_saves_and_plots(shared):
    source = """
import keras, numpy as np
import matplotlib.pyplot as plt
%matplotlib inline
def f():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    losses = model.fit(np.ones((8, 4)), np.ones(8), epochs=2, verbose=0).history["loss"]
    plt.plot(losses)
    plt.show()
    model.save("model.keras")
    again = keras.models.load_model("model.keras")
    return [losses[1] < losses[0], np.allclose(model(np.ones((1, 4))), again(np.ones((1, 4))))]
"""
    assert run(shared, source) == [True, True]


def test_files_can_be_written_copied_and_removed_in_its_folder(shared):
    """Under every kind of user alike: what may not be done elsewhere at least seems to work here."""
    source = """
import os, pathlib, shutil, tempfile
def f():
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "a.txt")
        file.write_text("hello")
        shutil.copy2(file, "b.txt")
        file.chmod(0o600)
        return pathlib.Path("b.txt").read_text()
"""
    assert run(shared, source) == "hello"


def test_a_cell_may_await(shared):
    shared.run_cell("import asyncio\nasync def later():\n    await asyncio.sleep(0)\n    return 5\nawaited = await later()", "<cell 2>")
    assert run(shared, "def f(): return [awaited, asyncio.run(later())]") == [5, 5]


@pytest.mark.parametrize(
    "line",
    [
        "!pip install keras==2.0",
        "!rm -rf /",
        "!!ls",
        "files = !ls",
        "%pip install evil",
        "%conda install evil",
        "%sx ls",
        "%system ls",
        "%no_such_magic at all",
        "%%bash\nrm -rf /",
        "%%sh\nls",
        "%%script python\nprint('ran')",
        "%%perl\nprint 'ran'",
        "%%no_such_magic\nx = 1",
        "%time 1 + 1",
        "%matplotlib inline",
        "%load_ext tensorboard",
        "%tensorboard --logdir logs",
        "%cd /",
        "%env SECRET=1",
        "%run other.py",
        "%autoreload 2",
    ],
)
def test_magics_and_shell_lines_harm_nothing(worker, line):
    """They are ignored or fail in their own cell; the next one runs."""
    try:
        worker.run_cell(f"{line}\n", "<cell 2>")
    except StudentError as error:
        assert not isinstance(error, StudentCrash)
    worker.run_cell("print('next')", "<cell 3>")
    assert "next" in worker.output
    assert "ran\n" not in worker.output.replace("next", "")


def test_a_shell_lines_result_is_empty(shared):
    shared.run_cell("files = !ls\nfound = get_ipython().getoutput('ls')", "<cell 2>")
    assert run(shared, "def f(): return [list(files), found]") == [[], []]


def test_otters_checks_do_nothing(shared):
    shared.run_cell("import otter\ngrader = otter.Notebook('x.ipynb')\ngrader.check('q1')\ngrader.export(pdf=False)", "<cell 1>")


def test_what_is_printed_is_kept_even_if_python_dies(worker):
    with pytest.raises(StudentCrash):
        worker.run_cell("import os\nprint('last words', flush=True)\nos._exit(1)", "<cell 1>")
    assert worker.output == "last words\n"


def test_data_files_are_copied_and_spoilt_for_nobody(zygote, tmp_path):
    folder = tmp_path / "data"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "x.txt").write_text("given")
    for _ in range(2):
        with Worker(zygote.path, Limits(), folder) as started:
            source = "def f():\n    with open('data/deep/x.txt', 'r+') as file:\n        text = file.read()\n        file.write('!')\n    return text"
            assert run(prepared(started), source) == "given"
    assert (folder / "deep" / "x.txt").read_text() == "given"


def test_each_worker_starts_anew(zygote):
    for _ in range(2):
        with Worker(zygote.path, Limits()) as started:
            assert run(prepared(started), "def f(): return 'left' in globals() or __import__('os').path.exists('left')") is False
            started.run_cell("left = 1\nopen('left', 'w').close()", "<cell 1>")
