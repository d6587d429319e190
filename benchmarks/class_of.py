"""Whole classes: throughput, CPU seconds a hand-in and peak memory, by size of the class and by number of workers.

A class is the demo's, repeated. Each run pays once for starting, TensorFlow's import above all; what each further hand-in
costs is the difference to the class before.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import classes
import measure
import same_checks

from gradetape import demo
from gradetape.config import Course, find_course
from gradetape.sandbox.client import Zygote

SCALING_CLASS = 60


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="*", default=[30, 300, 1000], help="hand-ins in a class")
    options.add_argument("--workers", type=int, default=2, help="hand-ins graded at a time")
    options.add_argument("--scaling", type=int, default=SCALING_CLASS, help="hand-ins of the class that one worker grades as well; 0 to leave that out")
    given = options.parse_args()
    measure.compile_bytecode()
    course = find_course(Path(__file__).parent)
    print(measure.machine(), "\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print("hand-ins  workers    wall s  a minute  CPU s each  each further  peak MB")
        smaller = None
        for size in sorted(given.sizes):
            cost, _ = _measure(course, folder, size, given.workers, smaller)
            smaller = size, cost
        if given.scaling:
            (_, one), (_, two) = (_measure(course, folder, given.scaling, workers) for workers in (1, 2))
            print(f"\ntwo workers beside one: {two / one:.2f} times the throughput, start and end left out")
            print(f"two warm processes beside one, without the kit: {_attainable(course, folder / 'plain'):.2f} times")


def _measure(course: Course, folder: Path, size: int, workers: int, smaller: tuple[int, classes.Cost] | None = None) -> tuple[classes.Cost, float]:
    """Grade a class and print its line; `smaller` is the class before with its cost. Returns the cost, and the hand-ins graded a minute."""
    place = Path(tempfile.mkdtemp(dir=folder))
    hand_ins = classes.make_class(course, place / "class", size)
    pace = _Pace(size)
    cost = classes.run(classes.grade_command(course, hand_ins, place / "out", "--workers", workers), course, pace)
    further = f"{(cost.cpu - smaller[1].cpu) / (size - smaller[0]):.2f}" if smaller else ""
    print(f"{size:8}  {workers:7}  {cost.wall:8.1f}  {60 * size / cost.wall:8.1f}  {cost.cpu / size:10.2f}  {further:>12}  {cost.peak_mb:7.0f}", flush=True)
    return cost, pace.a_minute()


class _Pace:
    """How fast hand-ins are graded once the first is done, and while there are enough of them for every worker."""

    def __init__(self, size: int):
        self._last = size * 9 // 10
        self._moments: list[float] = []

    def __call__(self, _: subprocess.Popen, line: str) -> None:
        if line.startswith("["):
            self._moments.append(time.perf_counter())

    def a_minute(self) -> float:
        return 60 * (self._last - 1) / (self._moments[self._last - 1] - self._moments[0])


def _attainable(course: Course, folder: Path) -> float:
    """What this machine's cores give at best: the throughput of two warm processes that do the same cells and probes, in that of one."""
    with Zygote() as zygote:
        recorded = same_checks.record(course, demo.ASSIGNMENT, zygote.path)
    same_checks.write(recorded, course, demo.ASSIGNMENT, folder)
    alone = statistics.median(same_checks.in_warm_process(folder))
    with ThreadPoolExecutor() as threads:
        beside = [taken for process in threads.map(same_checks.in_warm_process, [folder, folder]) for taken in process]
    return 2 * alone / statistics.median(beside)


if __name__ == "__main__":
    main()
