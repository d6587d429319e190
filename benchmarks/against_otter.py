"""GradeTape beside plain otter: the same vae notebook and equivalent checks, in one run. `make bench` runs it.

Prints CPU seconds a submission (plain otter, a class under `gradetape grade`, the same probes in a warm process),
one submission alone as on Gradescope, and whether the cost stays flat as the class grows.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

import measure
import same_checks

from gradetape.config import Course, find_course
from gradetape.release import release
from gradetape.sandbox.client import Zygote

NAME = "vae"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--repeat", type=int, default=3, help="runs of each kind; the median counts")
    options.add_argument("--classes", type=int, nargs=3, default=[10, 30, 100], help="class sizes, the middle one the reference")
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
        classes, warm = _classes(course, notebook, chosen.classes, folder, chosen.repeat)
    _compare(otter, kit_alone, classes, warm, chosen.classes)


def _alone(plain_zip: Path, kit_zip: Path, notebook: Path, folder: Path, repeat: int) -> tuple[measure.Cost, measure.Cost]:
    """One notebook by `otter run`, plain and with the kit as its plugin, turn by turn."""
    costs: dict[Path, list[measure.Cost]] = {plain_zip: [], kit_zip: []}
    for _ in range(repeat):
        for archive, taken in costs.items():
            taken.append(measure.run([measure.script("otter"), "run", "-a", str(archive), "-o", str(folder), "--no-logo", str(notebook)], folder))
    return measure.median(costs[plain_zip]), measure.median(costs[kit_zip])


def _classes(course: Course, notebook: Path, sizes: list[int], folder: Path, repeat: int) -> tuple[dict[int, measure.Cost], float]:
    """Classes of several sizes, and the cells and probes alone in a warm process, turn by turn."""
    costs: dict[int, list[measure.Cost]] = {size: [] for size in sizes}
    warm: list[float] = []
    for turn in range(repeat):
        for size, taken in costs.items():
            warm += same_checks.in_warm_process(folder / "plain")
            taken.append(_class(course, notebook, size, folder / f"turn-{turn}"))
    print(f"the cells and probes in a warm process   {statistics.median(warm):8.2f} CPU s a submission", flush=True)
    classes = {size: measure.median(taken) for size, taken in costs.items()}
    for size, cost in classes.items():
        print(f"gradetape grade, a class of {size:<4}         {cost.cpu / size:8.2f} CPU s a submission, start-up shared; {cost.wall:.1f} s in all", flush=True)
    return classes, statistics.median(warm)


def _class(course: Course, notebook: Path, size: int, folder: Path) -> measure.Cost:
    """A class of `size` copies under `gradetape grade`, TensorFlow's import and all included.

    One at a time, as otter and the warm process take them: two at once on a processor's two threads cost each more CPU seconds.
    """
    hand_ins = folder / f"class-{size}"
    hand_ins.mkdir(parents=True)
    for number in range(size):
        shutil.copy(notebook, hand_ins / f"student-{number:03}.ipynb")
    command = [measure.script("gradetape"), "grade", NAME, str(hand_ins), "--workers", "1", "--out", str(folder / f"out-{size}")]
    return measure.run(command, course.root)


def _compare(otter: measure.Cost, alone: measure.Cost, classes: dict[int, measure.Cost], warm: float, sizes: list[int]) -> None:
    """The ratios that matter, each of two things measured in this run."""
    small, middle, large = sizes
    marginal = (classes[large].cpu - classes[small].cpu) / (large - small)
    growth = (classes[large].cpu - classes[middle].cpu) / (large - middle) / ((classes[middle].cpu - classes[small].cpu) / (middle - small))
    print(f"marginal cost of a submission ({small} to {large})  {marginal:8.2f} CPU s: 1/{otter.cpu / marginal:.1f} of plain otter's")
    print(f"a class of {middle}, start-up included             1/{otter.cpu / (classes[middle].cpu / middle):.1f} of plain otter's")
    print(f"what the kit adds to the cells and probes       {marginal / warm - 1:8.0%}")
    print(f"one alone, beside plain otter                   {alone.wall / otter.wall:8.2f} of its time, {alone.cpu / otter.cpu:.2f} of its CPU")
    print(f"a submission of the {large} beside one of the {middle}     {growth:8.2f} of its cost")


if __name__ == "__main__":
    main()
