"""The parent of one worker: watches its time, memory and disk, and ends the whole family. Runs no student code."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import time

from gradetape.sandbox import folders, lockdown
from gradetape.sandbox.deadlines import Deadlines

_TICK_MS = 50
_DISK_EVERY = 0.5
_REWRITES = 4  # how often a worker may write its share of the disk over before that looks like a way to fill it


def cpu_seconds(pid: int) -> float:
    """CPU seconds that a process has used, all threads together. Raises OSError when it is gone."""
    return time.clock_gettime((~pid << 3) | 2)  # the kernel's clock id of another process's CPU time


def watch(worker: int, status: socket.socket, deadlines: Deadlines, folder: str, limits: dict, uid: int | None) -> None:
    """Stay until the worker ends or must be ended, then report the end on `status`.

    `status` carries one report out, at the end. Its closing by the grader ends the worker.
    """
    ended = os.pidfd_open(worker)
    poll = select.poll()
    poll.register(status, select.POLLIN | select.POLLHUP)
    poll.register(ended, select.POLLIN)
    reason = ""
    peak, _ = _memory_mb_and_threads(worker)  # a quick worker ends before it is looked at again
    above = os.path.dirname(folder)  # on the same disk, and there from the start
    free = folders.free_mb(above)
    next_disk = 0.0
    while not reason:
        ready = {fd for fd, _ in poll.poll(_TICK_MS)}
        if ended in ready:
            break
        try:
            cpu = cpu_seconds(worker)
            memory, threads = _memory_mb_and_threads(worker)
        except OSError:
            break
        peak = max(peak, memory)
        now = time.monotonic()
        cpu_end, wall_end = deadlines.get()
        if status.fileno() in ready:
            reason = "closed"
        elif cpu_end and cpu > cpu_end:
            reason = "cpu"
        elif wall_end and now > wall_end:
            reason = "wall"
        elif memory > limits["memory_mb"]:
            reason = "memory"
        elif threads > limits["processes"]:
            reason = "threads"
        elif now > next_disk and wall_end:
            next_disk = now + _DISK_EVERY
            gone = free - folders.free_mb(above)
            if folders.size_mb(folder) > limits["disk_mb"] or gone > limits["disk_mb"] < _written_mb(worker) / _REWRITES:
                reason = "disk"
    if reason:
        os.kill(worker, signal.SIGKILL)
    _, code, usage = os.wait4(worker, 0)
    os.close(ended)
    kill_family(uid)
    report = {
        "reason": reason,
        "exit": os.waitstatus_to_exitcode(code),
        "cpu": usage.ru_utime + usage.ru_stime,
        "memory_mb": peak,
    }
    try:
        status.send(json.dumps(report).encode())
    except OSError:
        pass  # the grader has closed its end: nobody asks


def _memory_mb_and_threads(pid: int) -> tuple[float, int]:
    memory = threads = 0
    with open(f"/proc/{pid}/status") as lines:
        for line in lines:
            if line.startswith(("RssAnon", "RssShmem")):
                memory += int(line.split()[1])
            elif line.startswith("Threads"):
                threads = int(line.split()[1])
    return memory / 1024, threads


def _written_mb(worker: int) -> float:
    """All that the worker has ever written, files that stand in no folder any more included.

    The kernel tells this of a child only when it stops, so it is stopped for a moment.
    """
    os.kill(worker, signal.SIGSTOP)
    state = os.waitid(os.P_PID, worker, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    if state.si_code != os.CLD_STOPPED:
        return 0.0  # it ended first
    _, _, usage = os.wait4(worker, os.WUNTRACED)
    os.kill(worker, signal.SIGCONT)
    return usage.ru_oublock * 512 / (1 << 20)


def _descendants(pid: int) -> list[int]:
    found, todo = [], [pid]
    while todo:
        parent = todo.pop()
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children") as line:
                    children = [int(child) for child in line.read().split()]
                found += children
                todo += children
        except OSError:
            pass  # it ended meanwhile
    return found


def kill_family(uid: int | None) -> None:
    """Kill every descendant until none is left; with a uid of their own, all of that uid at one stroke."""
    while family := _descendants(os.getpid()):
        if uid is not None:  # a fork bomb outruns a loop over its processes
            killer = os.fork()
            if killer == 0:
                try:
                    os.setresgid(uid, uid, uid)
                    os.setresuid(uid, uid, uid)
                    os.kill(-1, signal.SIGKILL)
                finally:
                    os._exit(0)
            os.waitpid(killer, 0)
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.001)


def become_supervisor() -> None:
    """Prepare this fresh fork of the zygote to be a worker's parent."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    lockdown.adopt_orphans()
