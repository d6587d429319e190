"""What a worker of the gpu tier may do that others may not. No test here needs a GPU; none shows that one works."""

import fcntl
import os
import resource

import pytest

from gradetape.batch import local
from gradetape.batch.hand_ins import HandIn
from gradetape.config import Limits
from gradetape.sandbox import landlock, lockdown
from gradetape.sandbox.client import Worker, Zygote

LOOK = """
import os, resource
print(os.environ.get("CUDA_VISIBLE_DEVICES"), os.environ["TF_FORCE_GPU_ALLOW_GROWTH"], resource.getrlimit(resource.RLIMIT_AS)[0])
"""


def in_a_child(measure):
    """What a function says in a process of its own: it locks that for good."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, str(measure()).encode())
        finally:
            os._exit(0)
    os.close(writer)
    with open(reader) as said:
        text = said.read()
    os.waitpid(child, 0)
    return text


def looks(zygote):
    with Worker(zygote.path, Limits(memory_mb=2000)) as worker:
        worker.run_cell(LOOK, "<cell 1>")
        worker.run_cell("import tensorflow as tf; assert float(tf.reduce_sum(tf.ones(3))) == 3", "<cell 2>")
        return worker.output.split()


def test_an_ordinary_worker_sees_no_gpu_and_has_bounded_addresses(zygote):
    devices, growth, addresses = looks(zygote)
    assert (devices, growth) == ("-1", "true") and int(addresses) != resource.RLIM_INFINITY


def test_a_worker_of_the_gpu_tier_sees_the_gpus_that_its_grader_sees(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    with Zygote(gpu=True) as zygote:
        devices, growth, addresses = looks(zygote)
    assert (devices, growth, int(addresses)) == ("0", "true", resource.getrlimit(resource.RLIMIT_AS)[1])


@pytest.mark.skipif(landlock.version() < 5, reason="Landlock bounds commands to devices since its version 5")
@pytest.mark.parametrize("controlled, allowed", [(["/dev/ptmx"], "True"), ([], "False")])
def test_devices_take_commands_only_where_they_are_named(controlled, allowed):
    def measure():
        lockdown._prctl(lockdown._PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict([], [], ["/dev/ptmx"], controlled)
        device = os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY)
        try:
            fcntl.ioctl(device, 0x80045430, b"\0" * 4)  # TIOCGPTN: the number of this terminal
        except PermissionError:
            return False
        return True

    assert in_a_child(measure) == allowed


def test_a_folder_of_devices_can_be_named():
    def measure():
        lockdown._prctl(lockdown._PR_SET_NO_NEW_PRIVS, 1)
        landlock.restrict([], [], [], ["/dev/pts", "/dev/no-such-device"])
        return os.listdir("/dev/pts") != []

    assert in_a_child(measure) == "True"


def test_one_hand_in_at_a_time_has_the_gpu_unless_told_otherwise(course, monkeypatch, tmp_path):
    asked = []

    class Stopped:
        def __init__(self, unlocked, gpu):
            self.path = "door"
            asked.append(gpu)

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(local, "Zygote", Stopped)
    monkeypatch.setattr(local.pool, "run", lambda grader, hand_ins, workers, report: asked.append(workers))
    hand_ins = [HandIn(tmp_path / "a", "a")]
    local.grade_all(course, "vae", hand_ins, on_report=print, tier="gpu", gpu=True)
    local.grade_all(course, "vae", hand_ins, on_report=print, tier="gpu", gpu=True, workers=3)
    local.grade_all(course, "vae", hand_ins, on_report=print, tier="gpu")
    assert asked == [True, 1, True, 3, False, local.cores()]
