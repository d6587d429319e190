"""What a worker does with the cells of a notebook, with doubles, seeds, files and magics."""

import textwrap

import numpy as np
import pytest

from gradetape.config import Limits
from gradetape.sandbox import worker as worker_side
from gradetape.sandbox.client import StudentCrash, StudentError, Worker
from one_worker import prepared, run


@pytest.fixture(scope="module")
def shared(zygote):
    """One worker for tests that leave nothing in each other's way; its probe calls a name of the notebook."""
    with Worker(zygote.path, Limits()) as started:
        yield prepared(started)


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


def test_its_deadlines_are_out_of_its_reach(worker):
    """They lie in memory that grader and supervisor share; a worker that could write there would set its own."""
    source = """
        import os

        def f():
            links = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if os.path.lexists(f"/proc/self/fd/{fd}")]
            with open("/proc/self/maps") as maps:
                return [line for line in [*links, *maps] if "/" in line]
        """
    found = run(prepared(worker), textwrap.dedent(source))
    assert any("libc" in line for line in found)
    assert not [line for line in found if "deadlines" in line]
