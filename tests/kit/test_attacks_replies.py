"""Replies forged inside the worker: whatever arrives is data, a crash or a timeout of that answer, and nothing else."""

import numpy as np
import pytest

from gradetape.config import Limits
from gradetape.sandbox.client import StudentCrash, StudentError, StudentMissing, StudentTimeout, Worker

PROBES = """
def run(student):
    return student.f()
"""

# What each attack's cell begins with: the worker's own modules, in the student's hands.
OWN_THE_WIRE = """
import os, pickle, struct, sys, time
import msgpack
import gradetape.sandbox.wire as wire
pack, write_all, HEADER = wire.pack, wire.write_all, wire.HEADER

def frame(structure, nonce, arrays=b""):
    return HEADER.pack(nonce, len(structure), len(arrays)) + structure + arrays

def reference(*parts):
    return msgpack.packb({"value": msgpack.ExtType(1, msgpack.packb(list(parts)))})

def f():
    return "honest"
"""


@pytest.fixture
def attacked(zygote):
    """A worker whose wire a student's cell may spoil as it answers that very cell."""
    with Worker(zygote.path, Limits(probe_seconds=5, wall_factor=1)) as started:
        started.install("probes", PROBES)
        started.run_cell(OWN_THE_WIRE, "<cell 1>")
        yield started


def ask(worker, attack, seconds=5):
    """What the probe's answer is once a cell has been run; either may be what the attack spoils."""
    worker.run_cell(attack, "<cell 2>", seconds)
    return worker.call("run", (), {}, 1, seconds)


@pytest.mark.parametrize(
    "attack",
    [
        "wire.pack = lambda reply, nonce: HEADER.pack(nonce, 0xFFFFFFFF, 0xFFFFFFFF)",
        "wire.pack = lambda reply, nonce: HEADER.pack(nonce, 0, (64 << 20) + 1)",
        "wire.pack = lambda reply, nonce: pack(reply, b'another nonce!!!')",
        "wire.pack = lambda reply, nonce: pack(reply, nonce) + b'more'",
        "wire.pack = lambda reply, nonce: frame(pickle.dumps(os.system), nonce)",
        "wire.pack = lambda reply, nonce: frame(reference('|O', [1], 0), nonce, bytes(8))",
        "wire.pack = lambda reply, nonce: frame(reference('<f8', [2**39], 0), nonce, bytes(8))",
        "wire.pack = lambda reply, nonce: frame(reference('<f8', [2], 8), nonce, bytes(16))",
        "wire.pack = lambda reply, nonce: frame(b'\\x91' * 100_000 + b'\\xc0', nonce)",
        "wire.pack = lambda reply, nonce: frame(b'\\xdd\\xff\\xff\\xff\\xff', nonce)",
        "wire.pack = lambda reply, nonce: frame(b'', nonce)",
        "wire.pack = lambda reply, nonce: pack({'verdict': 'passed'}, nonce)",
        "wire.pack = lambda reply, nonce: pack({'points': 10, 'value ': 1}, nonce)",
        "wire.pack = lambda reply, nonce: pack({'error': 5, 'traceback': [], 'missing': {}}, nonce)",
        "wire.pack = lambda reply, nonce: pack([1, 2, 3], nonce)",
        "wire.pack = lambda reply, nonce: pack(None, nonce)",
        "wire.pack = lambda reply, nonce: frame(msgpack.packb({'value': b'bytes'}), nonce)",
        "wire.pack = lambda reply, nonce: frame(msgpack.packb({'value': msgpack.Timestamp(1)}), nonce)",
        "wire.write_all = lambda fd, data: (write_all(fd, data[:-5]), os._exit(0))",
        "wire.write_all = lambda fd, data: (write_all(fd, data[:10]), os._exit(0))",
        "wire.write_all = lambda fd, data: os.close(fd)",
        "for fd in range(3, 20):\n    try: os.write(fd, b'an unasked reply that is long enough for a header')\n    except OSError: pass",
        "def endless(fd, data):\n    write_all(fd, data)\n    while True: os.write(fd, bytes(1 << 20))\nwire.write_all = endless",
    ],
)
def test_a_reply_that_is_no_reply_is_a_crash(attacked, attack):
    with pytest.raises(StudentCrash):
        ask(attacked, attack)


@pytest.mark.parametrize(
    "attack",
    [
        "wire.write_all = lambda fd, data: (write_all(fd, data[:-5]), time.sleep(10**6))",
        "def drip(fd, data):\n    for byte in data:\n        os.write(fd, bytes([byte]))\n        time.sleep(0.2)\nwire.write_all = drip",
        "wire.write_all = lambda fd, data: None",
    ],
    ids=["cut off", "dripping", "never"],
)
def test_a_reply_that_does_not_come_is_a_timeout(attacked, attack):
    with pytest.raises(StudentTimeout):
        ask(attacked, attack, seconds=1)


def test_a_forged_value_is_only_a_value(attacked):
    """The grader compares it with one that the worker does not know."""
    assert ask(attacked, "import probes\nprobes.run = lambda student: {'passed': True, 'points': 100}") == {"passed": True, "points": 100}


FORGE = """
def f():
    frame = sys._getframe()
    while frame.f_code.co_name != "serve":
        frame = frame.f_back
    names = frame.f_locals
    write_all(names["connection"], pack({"value": "forged"}, names["nonce"]))
"""


def test_an_answer_with_the_requests_own_nonce_is_only_a_value(attacked):
    """The nonce keeps replies to their requests; it is no secret from code in the worker."""
    assert ask(attacked, FORGE + "    time.sleep(10**6)") == "forged"
    with pytest.raises(StudentTimeout):  # the worker still sleeps
        attacked.call("run", (), {}, 1, 0.2)


def test_a_second_answer_to_one_request_is_a_crash(attacked):
    """Of that request if it comes at once, else of the next one, whose nonce it does not have."""
    with pytest.raises(StudentCrash):
        assert ask(attacked, FORGE) == "forged"
        attacked.call("run", (), {}, 1)


@pytest.mark.parametrize("missing", [True, "f", ""])
def test_a_forged_excuse_is_taken_at_its_word(attacked, missing):
    """To say that one's own answer is missing, or raised, is no gain."""
    with pytest.raises(StudentError) as raised:
        ask(attacked, f"wire.pack = lambda reply, nonce: pack({{'error': '', 'traceback': '', 'missing': {missing!r}}}, nonce)")
    assert isinstance(raised.value, StudentMissing) == bool(missing)
    assert str(raised.value)


def test_a_long_excuse_is_cut_short(attacked):
    with pytest.raises(StudentError) as raised:
        ask(attacked, "wire.pack = lambda reply, nonce: pack({'error': 'x' * 10**5, 'traceback': 'y' * 10**5, 'missing': False}, nonce)")
    assert len(str(raised.value)) == len(raised.value.traceback) == 4000


@pytest.mark.parametrize(
    "attack",
    [
        "wire.unpack = lambda frame: {'op': 'probe', 'name': 'run', 'args': [], 'kwargs': {}, 'seed': 1}",
        "import gradetape.sandbox.worker as w\nw.Service.answer = lambda self, request: {'value': 'forged'}",
        "import __main__\nfor module in list(sys.modules.values()):\n    if hasattr(module, 'Service'): module.Service.answer = lambda *_: {'value': 'forged'}",
        "import builtins\nbuiltins.isinstance = lambda *_: True",
        "import builtins\nbuiltins.type = str",
        "import numpy as np\nnp.asarray = lambda *a, **k: 'forged'",
        "import msgpack\nmsgpack.packb = lambda *a, **k: b'\\xc0'",
        "import keras\nkeras.utils.set_random_seed = lambda seed: 1 / 0",
        "sys.modules.clear()",
        "sys.stdout = None",
        "sys.stdout.flush = lambda: 1 / 0",
        "import gc\ngc.get_objects()[0:]\nfor o in gc.get_objects():\n    if isinstance(o, dict) and 'probes' in o: o['probes'] = None",
        "sys.settrace(lambda *a: 1 / 0)",
        "sys.setprofile(lambda *a: os._exit(0))",
        "import threading\nthreading.Thread(target=lambda: time.sleep(0.05) or os._exit(9)).start()\ntime.sleep(1)",
        "globals().clear()",
    ],
)
def test_a_worker_spoilt_from_within_gives_data_or_an_error(attacked, attack):
    try:
        value = ask(attacked, attack)
    except StudentError:
        return
    assert isinstance(value, (str, bool, int, float, list, dict, np.ndarray, type(None)))


def test_a_new_worker_knows_nothing_of_the_spoilt_one(zygote):
    for spoil in ("import numpy as np\nnp.ones = None\nimport gradetape.sandbox.wire as w\nw.MAX_DEPTH = 10**6", ""):
        with Worker(zygote.path, Limits()) as started:
            started.install("probes", PROBES)
            started.run_cell(f"import numpy as np\nimport gradetape.sandbox.wire as w\ndef f(): return [np.ones(2), w.MAX_DEPTH]\n{spoil}", "<cell 1>")
            if not spoil:
                np.testing.assert_equal(started.call("run", (), {}, 1), [np.ones(2), 32])
