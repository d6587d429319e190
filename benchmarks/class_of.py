"""Whole classes: throughput, CPU seconds a hand-in and peak memory, by size of the class and by number of workers.

A class is the demo's, repeated. What starting costs (TensorFlow's import above all) is measured with a class of one
file that is no notebook, and told apart.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import classes
import measure

from gradetape.config import Course, find_course

SCALING_CLASS = 60


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[30, 300, 1000], help="hand-ins in a class")
    options.add_argument("--workers", type=int, default=2, help="hand-ins graded at a time")
    options.add_argument("--scaling", type=int, default=SCALING_CLASS, help="hand-ins of the class that one worker grades as well; 0 to leave that out")
    given = options.parse_args()
    measure.compile_bytecode()
    course = find_course(Path(__file__).parent)
    print(measure.machine(), "\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "nothing").mkdir()
        (folder / "nothing" / "essay.ipynb").write_bytes(b"%PDF-1.7\n")
        starting = classes.run(classes.grade_command(course, folder / "nothing", folder / "out 0", "--workers", given.workers), course)
        print(f"starting: {starting.wall:.1f} s, {starting.cpu:.1f} CPU s\n")
        print("hand-ins  workers    wall s  a minute  CPU s each  after the start  peak MB")
        for size in given.sizes:
            _measure(course, folder, size, given.workers, starting)
        if given.scaling:
            one, two = (_measure(course, folder, given.scaling, workers, starting) for workers in (1, 2))
            whole, graded = one.wall / two.wall, (one.wall - starting.wall) / (two.wall - starting.wall)
            print(f"\ntwo workers beside one: {whole:.2f} times the throughput, {graded:.2f} after the start")


def _measure(course: Course, folder: Path, size: int, workers: int, starting: classes.Cost) -> classes.Cost:
    name = f"{size} {workers}"
    hand_ins = classes.make_class(course, folder / f"class {name}", size)
    cost = classes.run(classes.grade_command(course, hand_ins, folder / f"out {name}", "--workers", workers), course)
    each, after = cost.cpu / size, (cost.cpu - starting.cpu) / size
    print(f"{size:8}  {workers:7}  {cost.wall:8.1f}  {60 * size / cost.wall:8.1f}  {each:10.2f}  {after:15.2f}  {cost.peak_mb:7.0f}", flush=True)
    return cost


if __name__ == "__main__":
    main()
