"""Hostile and broken notebooks, graded: they lose what they deserve to lose, the other question keeps its points."""

import pytest

from toy_course import RIGHT

DOUBLE, SQUARE = 3.2, 6.0
"""what a right answer earns at once; 0.8 of `double` waits for a GPU"""

pytestmark = pytest.mark.parametrize("arena", ["root", "ordinary"], indirect=True)


def earned(report):
    return {question.name: pytest.approx(question.earned) for question in report.questions}


def outcomes(report, question="double"):
    tests = next(q.tests for q in report.questions if q.name == question)
    return {test.outcome for test in tests} - {"deferred"}


def assert_only_double_is_lost(report):
    assert earned(report) == {"double": 0, "square": SQUARE}
    assert not report.problem


def test_the_right_answers_earn_all(arena):
    report = arena.grade()
    assert earned(report) == {"double": DOUBLE, "square": SQUARE}
    assert (report.possible, report.deferred) == (10, pytest.approx(0.8))


@pytest.mark.parametrize(
    ("double", "outcome"),
    [
        ("def double(x)\n    return 2 * x", "missing"),
        ("import os\nos._exit(0)\ndef double(x): return 2 * x", "missing"),
        ("while True: pass\ndef double(x): return 2 * x", "missing"),
        ("import sys\nsys.exit(0)\ndef double(x): return 2 * x", "missing"),
        ("raise KeyboardInterrupt", "missing"),
        ("double = lambda x: 1 / 0", "error"),
        ("class double:\n    def __init__(self, x): self.x = 2 * x", "error"),
        ("class double:\n    pass", "error"),
        ("double = 5", "error"),
        ("double = None", "error"),
        ("import sys\ndef double(x): sys.exit(0)", "error"),
        ("def double(x): raise KeyboardInterrupt", "error"),
        ("def double(x): input('points? ')", "error"),
        ("def double(x):\n    import pytest\n    pytest.skip('deferred')", "error"),
        ("def double(x): yield 2 * x", "error"),
        ("def double(x): return double(x)", "error"),
        ("async def double(x): return 2 * x", "error"),
        ("import os\ndef double(x): os._exit(0)", "crash"),
        ("import ctypes\ndef double(x): ctypes.string_at(0)", "crash"),
        ("import os\ndef double(x): os.abort()", "crash"),
        ("import os\ndef double(x): os.closerange(0, 1000)", "crash"),
        ("def double(x):\n    kept = []\n    while True: kept.append(bytearray(64 << 20)); kept[-1][::4096] = b'x' * 16384", "crash"),
        ("def double(x):\n    while True: pass", "timeout"),
        ("import time\ndef double(x): time.sleep(10**6)", "timeout"),
        ("def double(x): return None", "failed"),
        ("def double(x): return 'passed'", "failed"),
        ("def double(x): return {'passed': True, 'points': 4}", "failed"),
        ("def double(x): return True", "failed"),
        ("def double(x): return float('nan') * x[:, :1]", "failed"),
        ("def double(x): return [[1, 2], [3]]", "failed"),
        ("def double(x): return [None] * 3", "failed"),
        ("def double(x): return (2 * x).astype(str)", "failed"),
        ("def double(x): return (2 * x).T", "failed"),
        ("def double(x): return 2 * x.ravel()", "failed"),
        ("def double(x): return [2 * x] * 2", "failed"),
        ("def double(x): return np.zeros(60 << 20, np.uint8)", "failed"),
        ("def double(x): return np.broadcast_to(2 * x, (3, *x.shape))", "failed"),
    ],
)
def test_a_broken_answer_costs_its_own_points(arena, double, outcome):
    report = arena.grade(double=double)
    assert_only_double_is_lost(report)
    assert outcomes(report) == {outcome}


@pytest.mark.parametrize(
    "value",
    ["np.full_like(x, np.nan)", "np.full_like(x, np.inf)", "np.zeros_like(x)", "x.astype(bool)", "x + 0j", "x.astype('int8')", "np.ones_like(x)"],
)
def test_the_right_shape_alone_earns_the_shapes_points(arena, value):
    report = arena.grade(double=f"def double(x): return {value}")
    assert earned(report) == {"double": pytest.approx(2.4), "square": SQUARE}
    assert not report.problem


FORGED = """
import sys
import gradetape.sandbox.wire as wire
pack = wire.pack
def double(x):
    def once(reply, nonce):
        wire.pack = pack
        return pack({'value': %s}, nonce)
    wire.pack = once
"""

LIAR = """
class Liar(np.ndarray):
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = lambda *_: np.True_
    __sub__ = __rsub__ = lambda self, other: 0
    __array_ufunc__ = lambda self, *args, **kwargs: True
    __array_function__ = lambda self, *args, **kwargs: True
    all = any = lambda *_: True
    shape = property(lambda self: (3, 2))
def double(x):
    return Liar((7,))
"""

SERVICE = """
import gradetape.sandbox.worker as w
probe = w.Service._probe
w.Service._probe = lambda self, **k: {'value': True} if k['name'] == 'double_of' else probe(self, **k)
"""

SEARCH = """
import gc, sys
def double(x):
    def arrays():
        frame = sys._getframe()
        while frame:
            yield from frame.f_locals.values()
            frame = frame.f_back
        for found in gc.get_objects():
            if isinstance(found, (dict, list, tuple)):
                yield from found.values() if isinstance(found, dict) else found
    for found in list(arrays()):
        if isinstance(found, np.ndarray) and found.shape == x.shape and np.array_equal(found, 2 * x):
            return found
    return 'not here'
"""


@pytest.mark.parametrize(
    "double",
    [
        FORGED % "True",
        FORGED % "{'outcome': 'passed'}",
        FORGED % "[1e999, None, 'passed']",
        LIAR,
        SEARCH,
        "import probes\nprobes.double_of = lambda *_: 'passed'\ndef double(x): return 0",
        SERVICE,
        "import numpy.testing\nnp.allclose = np.array_equal = np.testing.assert_allclose = lambda *a, **k: True\ndef double(x): return None",
        "import builtins\nbuiltins.abs = builtins.max = lambda *_: 0\ndef double(x): return None",
        "tf.GradientTape = keras.Model = keras.ops = None\ndef double(x): return None",
        "import os\nos.environ['PYTEST_ADDOPTS'] = '--collect-only'\ndef double(x): return None",
        "class StudentMissing(Exception): pass\nclass Skipped(BaseException): pass\ndef double(x): raise Skipped('deferred')",
    ],
    ids=[
        "forged truth",
        "forged outcome",
        "forged mixture",
        "liar",
        "search",
        "probes patched",
        "service patched",
        "numpy patched",
        "builtins patched",
        "keras patched",
        "options for pytest",
        "borrowed names",
    ],
)
def test_cheating_earns_nothing(arena, double):
    report = arena.grade(double=double)
    assert earned(report)["double"] == 0
    assert earned(report)["square"] == SQUARE
    assert not report.problem


@pytest.mark.parametrize(
    "first",
    [
        "import os\nos._exit(0)",
        "import ctypes\nctypes.string_at(0)",
        "while True: pass",
        "import os\nos.closerange(0, 1000)",
        "import os, time\nos.kill(os.getpid(), 19)\ntime.sleep(1000)",
        "import sys\nsys.exit('leaving')",
        "1 / 0",
        "def (",
        "import os\nfor i in range(1000): os.write(1, b'x' * (1 << 20))",
        "!pip install --upgrade numpy\n!rm -rf /\n%cd /tmp\n%%bash\nls",
        "%%bash\nrm -rf ~",
        "import threading, time\nfor _ in range(10): threading.Thread(target=time.sleep, args=(1000,)).start()",
        "import os\nfor fd in range(3, 20):\n    try: os.write(fd, b'junk that is as long as a header is, at least')\n    except OSError: pass",
        "for i in range(40): open(f'file{i}', 'wb').write(bytes(1 << 20))\nimport time\ntime.sleep(1000)",
        "import gradetape.sandbox.wire as wire\nwire.pack = lambda reply, nonce: b'nothing'",
        "import os\nif not os.path.exists('x'): open('x', 'w'); os._exit(5)",
    ],
)
def test_a_hostile_cell_costs_what_it_defines_and_no_more(arena, first):
    report = arena.grade(first=first)
    assert earned(report) == {"double": DOUBLE, "square": SQUARE}
    assert not report.problem


def test_a_cell_that_ends_python_is_named(arena):
    report = arena.grade(first="import os\nos._exit(7)")
    assert [(cell.cell, cell.error) for cell in report.cells] == [(2, "the code ended Python itself, with exit status 7")]


def test_an_exception_without_words_is_named_too(arena):
    empty = "{'error': '', 'traceback': '', 'missing': False}"
    report = arena.grade(first=f"import gradetape.sandbox.wire as wire\npack = wire.pack\nwire.pack = lambda reply, nonce: pack({empty}, nonce)")
    assert report.cells[0].error
    assert not report.problem


def test_answers_that_all_loop_end_with_the_submissions_time(arena):
    """Every test gets its verdict, and no cell runs once the time is over."""
    loop = "    while True: pass"
    report = arena.grade(double=f"def double(x):\n{loop}", square=f"def square(x):\n{loop}", last="while True: pass")
    assert report.earned == 0
    assert outcomes(report) == outcomes(report, "square") == {"timeout"}
    assert report.seconds < 25


def test_an_answer_that_loops_leaves_time_for_the_next(arena):
    report = arena.grade(double="def double(x):\n    while True: pass", last="while True: pass")
    assert_only_double_is_lost(report)


def test_what_a_student_prints_stays_text(arena):
    report = arena.grade(first="print('</script><b>\\x1b[2J\\x00\\ud800')", double="def double(x): raise ValueError('\\x1b[31m<b>')")
    assert_only_double_is_lost(report)
    assert "<b>" in report.model_dump_json()


def test_every_answer_may_die_in_every_way_at_once(arena):
    report = arena.grade(
        first="import os\nos._exit(1)",
        double="import os\ndef double(x): os._exit(2)",
        square=RIGHT["square"],
        last="import ctypes\nctypes.string_at(0)",
    )
    assert_only_double_is_lost(report)
    assert outcomes(report) == {"crash"}
