"""What the benchmarks of whole classes share: a class of any size, and a command's time, CPU seconds and memory."""

from __future__ import annotations

import itertools
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import measure

from gradetape import demo
from gradetape.config import Course

_SAMPLE_SECONDS = 0.5


@dataclass(frozen=True)
class Cost:
    """One run: wall and CPU seconds, and the largest memory of all its processes together (pages shared by several count once)."""

    wall: float
    cpu: float
    peak_mb: float


def make_class(course: Course, folder: Path, size: int) -> Path:
    """Write `size` hand-ins: the demo's 16 again and again, so right, wrong and broken ones in its proportions."""
    with tempfile.TemporaryDirectory() as scratch:
        demo.make_class(course, Path(scratch))
        originals = sorted(Path(scratch).iterdir())
        folder.mkdir(parents=True)
        for number, original in zip(range(size), itertools.cycle(originals)):
            shutil.copy(original, folder / f"{number:04} {original.stem}{original.suffix}")  # in this order, so kinds alternate
    return folder


def grade_command(course: Course, hand_ins: Path, out: Path, *options: object) -> list[str]:
    return [measure.script("gradetape"), "grade", demo.ASSIGNMENT, str(hand_ins), "--out", str(out), *map(str, options)]


def start(command: list[str], course: Course) -> subprocess.Popen:
    """A command in a process group of its own, whose progress can be read from its standard error."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(
        command, cwd=course.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def run(command: list[str], course: Course, on_line: Callable[[subprocess.Popen, str], None] = lambda process, line: None) -> Cost:
    """Run a command to its end; `on_line` sees each line of its progress."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process, said = start(command, course), []
    with _Memory(process.pid) as memory:
        try:
            for line in process.stderr:
                said.append(line)
                on_line(process, line)
            process.wait()
        except BaseException:
            kill(process)
            raise
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{''.join(said[-20:])}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, memory.peak_mb)


def kill(process: subprocess.Popen) -> None:
    """SIGKILL for a command and all that is in its process group, as when the power goes."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it has just ended
    process.communicate()


def descendants(pid: int) -> list[int]:
    found, todo = [], [pid]
    while todo:
        for task in Path(f"/proc/{todo.pop()}/task").glob("*/children"):  # each thread has its own
            try:
                children = [int(pid) for pid in task.read_text().split()]
            except OSError:
                continue  # it has ended
            found += children
            todo += children
    return found


class _Memory:
    """The memory of a process and its descendants, looked at twice a second."""

    def __init__(self, pid: int):
        self.peak_mb = 0.0
        self._pid, self._ended = pid, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            self.peak_mb = max(self.peak_mb, sum(map(_share_mb, [self._pid, *descendants(self._pid)])))

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._ended.set()
        self._thread.join()


def _share_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # it has ended
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
