"""GradeTape beside plain otter: the same vae notebook and equivalent checks, in one run. `make bench` runs it.

Prints CPU seconds a submission (plain otter, a class under `gradetape grade`, the same probes in a warm process),
one submission alone as on Gradescope, and whether the cost stays flat as the class grows.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import classes
import measure
import same_checks

from gradetape.config import Course, find_course
from gradetape.release import release
from gradetape.sandbox.client import Zygote

NAME = "vae"
_TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeat", type=int, default=3, help="runs of each kind; the median counts")
    options.add_argument("--classes", type=int, nargs=3, default=[10, 30, 100], help="class sizes, the middle one the reference")
    options.add_argument("--pairs", type=int, default=40, help="submissions graded turn by turn with the same work in a warm process")
    chosen = options.parse_args()
    measure.compile_bytecode()
    print(measure.machine(), "\n")
    course = find_course(Path(__file__).parent)
    with tempfile.TemporaryDirectory(prefix="gradetape-bench-") as temporary:
        folder = Path(temporary)
        with Zygote() as zygote:
            recorded = same_checks.record(course, NAME, zygote.path)
        notebook = same_checks.notebook_without_demos(course, NAME, folder / f"{NAME}.ipynb")
        plain_zip = same_checks.otter_zip(recorded, course, NAME, folder / "plain")
        kit_zip = release(course, NAME, folder / "dist").autograder_zip
        otter, kit_alone = _alone(plain_zip, kit_zip, notebook, folder, chosen.repeat)
        print(f"plain otter run                          {otter.cpu:8.2f} CPU s   {otter.wall:6.2f} s", flush=True)
        print(f"otter run with the kit, alone            {kit_alone.cpu:8.2f} CPU s   {kit_alone.wall:6.2f} s", flush=True)
        costs = _classes(course, notebook, chosen.classes, folder, chosen.repeat)
        further, warm = _beside_a_warm_process(course, notebook, chosen.pairs, folder)
    _compare(otter, kit_alone, costs, chosen.classes)
    print(f"one more submission, CPU s                      {further:8.2f}: 1/{otter.cpu / further:.1f} of plain otter's")
    print(f"its cells and probes in a warm process, CPU s   {warm:8.2f}, turn by turn with it")
    print(f"what the kit adds to them                       {further / warm - 1:8.0%}")


def _alone(plain_zip: Path, kit_zip: Path, notebook: Path, folder: Path, repeat: int) -> tuple[measure.Cost, measure.Cost]:
    """One notebook by `otter run`, plain and with the kit as its plugin, turn by turn."""
    costs: dict[Path, list[measure.Cost]] = {plain_zip: [], kit_zip: []}
    for _ in range(repeat):
        for archive, taken in costs.items():
            taken.append(measure.run([measure.script("otter"), "run", "-a", str(archive), "-o", str(folder), "--no-logo", str(notebook)], folder))
    return measure.median(costs[plain_zip]), measure.median(costs[kit_zip])


def _classes(course: Course, notebook: Path, sizes: list[int], folder: Path, repeat: int) -> dict[int, measure.Cost]:
    """Classes of several sizes, turn by turn."""
    costs: dict[int, list[measure.Cost]] = {size: [] for size in sizes}
    for turn in range(repeat):
        for size, taken in costs.items():
            taken.append(measure.run(_grade(course, notebook, size, folder / f"turn-{turn}"), course.root))
    medians = {size: measure.median(taken) for size, taken in costs.items()}
    for size, cost in medians.items():
        print(f"gradetape grade, a class of {size:<4}         {cost.cpu / size:8.2f} CPU s a submission, start-up shared; {cost.wall:.1f} s in all", flush=True)
    return medians


def _grade(course: Course, notebook: Path, size: int, folder: Path) -> list[str]:
    """The command for a class of `size` copies, TensorFlow's import and all included.

    One at a time, as otter and the warm process take them: two at once on a processor's two threads cost each more CPU seconds.
    """
    hand_ins = folder / f"class-{size}"
    hand_ins.mkdir(parents=True)
    for number in range(size):
        shutil.copy(notebook, hand_ins / f"student-{number:03}.ipynb")
    return [measure.script("gradetape"), "grade", NAME, str(hand_ins), "--workers", "1", "--out", str(folder / f"out-{size}")]


def _beside_a_warm_process(course: Course, notebook: Path, pairs: int, folder: Path) -> tuple[float, float]:
    """CPU seconds of a further submission, and of its cells and probes in a warm process.

    After each submission the grader stands still while the warm process takes its turn: a machine's pace changes from minute to minute.
    """
    used: list[float] = []
    warm: list[float] = []
    with same_checks.warm_process(folder / "plain") as again:

        def take_turns(grader: subprocess.Popen, line: str) -> None:
            if line.startswith("["):
                os.killpg(grader.pid, signal.SIGSTOP)
                used.append(_cpu_of_family(grader.pid))
                warm.append(again())
                os.killpg(grader.pid, signal.SIGCONT)

        classes.run(_grade(course, notebook, pairs + 1, folder / "pairs"), course, take_turns)
    return (used[-1] - used[0]) / pairs, statistics.fmean(warm[:-1])


def _cpu_of_family(pid: int) -> float:
    """CPU seconds of a process and all its descendants, those that have ended included."""
    seconds = 0.0
    for member in [pid, *classes.descendants(pid)]:
        try:
            of_children = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()[13:15]
            seconds += time.clock_gettime((~member << 3) | 2) + sum(map(int, of_children)) / _TICK
        except OSError:
            continue  # it has ended meanwhile
    return seconds


def _compare(otter: measure.Cost, alone: measure.Cost, costs: dict[int, measure.Cost], sizes: list[int]) -> None:
    """The ratios that matter, each of two things measured in this run."""
    small, middle, large = sizes
    growth = (costs[large].cpu - costs[middle].cpu) / (large - middle) / ((costs[middle].cpu - costs[small].cpu) / (middle - small))
    print(f"a class of {middle}, start-up included             1/{otter.cpu / (costs[middle].cpu / middle):.1f} of plain otter's")
    print(f"one alone, beside plain otter                   {alone.wall / otter.wall:8.2f} of its time, {alone.cpu / otter.cpu:.2f} of its CPU")
    print(f"a submission of the {large} beside one of the {middle}     {growth:8.2f} of its cost")


if __name__ == "__main__":
    main()
