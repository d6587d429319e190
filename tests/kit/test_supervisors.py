"""The zygote's supervisors: few, kept from worker to worker, and replaced when they are lost."""

import os
import resource
import select
import signal
import time
from pathlib import Path

import pytest

from gradetape.config import Limits
from gradetape.sandbox.client import Worker, Zygote
from stage import parent_of, uid_of


@pytest.fixture(scope="module")
def door():
    """A zygote of its own: who else's workers came and went would be seen here too."""
    with Zygote() as zygote:
        yield zygote.path


def start(door: str) -> Worker:
    return Worker(door, Limits(probe_seconds=10, memory_mb=2000))


def supervisor_after_use(worker: Worker) -> int:
    """The supervisor's process id, once it has cleared up."""
    pid, status = parent_of(worker.pid), worker._status.dup()
    worker.close()
    with status:
        while status.recv(1024):
            pass
    return pid


def descriptors(pid: int) -> list[str]:
    try:
        return sorted(os.readlink(link).partition(":")[0] for link in Path(f"/proc/{pid}/fd").iterdir())
    except PermissionError:
        pytest.skip("the memory of a supervisor is hidden, and with it its descriptors, from all but a root that may trace")


def test_one_after_another_share_a_supervisor_and_nothing_else(door):
    workers = []
    for _ in range(3):
        worker = start(door)
        worker.run_cell("import pathlib\nseen = [str(p) for p in pathlib.Path().iterdir()]\npathlib.Path('left').write_text('behind')", "<cell 1>")
        worker.install("probes", "def look(student): return student.seen")
        assert worker.call("look", (), {}, 0) == []
        workers.append((uid_of(worker.pid), worker.pid, supervisor_after_use(worker)))
    uids, pids, supervisors = (set(column) for column in zip(*workers))
    assert len(pids) == 3 and len(uids) == (3 if os.geteuid() == 0 and uids != {0} else 1)
    assert len(supervisors) <= 2, "the second comes where the next worker was asked for before the first said that it was free"


def test_a_supervisor_keeps_no_descriptor_of_its_workers(door):
    first = supervisor_after_use(start(door))
    before = descriptors(first)
    for _ in range(3):
        supervisor_after_use(start(door))
    assert descriptors(first) == before


def test_at_the_same_time_each_worker_has_its_own(door):
    with start(door) as one, start(door) as two:
        assert parent_of(one.pid) != parent_of(two.pid)
        assert one.held == two.held
        two.run_cell("x = 1", "<cell 1>")
        os.kill(one.pid, signal.SIGKILL)
        two.run_cell("assert x == 1", "<cell 2>")


def test_a_supervisor_that_was_killed_is_replaced(door):
    killed = supervisor_after_use(start(door))
    ended = os.pidfd_open(killed)
    os.kill(killed, signal.SIGKILL)
    select.select([ended], [], [])
    os.close(ended)
    with start(door) as worker:
        worker.run_cell("x = 1", "<cell 1>")
        assert parent_of(worker.pid) != killed


def test_supervisors_end_with_their_zygote():
    with Zygote() as zygote:
        ended = os.pidfd_open(supervisor_after_use(start(zygote.path)))
        zygote._process.kill()
        select.select([ended], [], [])
        os.close(ended)


def test_what_workers_used_counts_as_the_zygotes():
    """Benchmarks read it there: seconds of processes that nobody waited for would be lost."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Zygote() as zygote:
        worker = start(zygote.path)
        worker.run_cell("import time\nwhile time.process_time() < 1: pass", "<cell 1>")
        worker.close()
        of_its_own = time.clock_gettime((~zygote._process.pid << 3) | 2)  # the kernel's clock of another process's CPU time
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert used > of_its_own + 0.9
