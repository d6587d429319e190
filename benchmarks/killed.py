"""A run killed with SIGKILL at random moments and started again: does its grades.csv equal an uninterrupted run's, byte for byte?"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import classes
import measure

from gradetape.config import Course, find_course


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=48, help="hand-ins in the class")
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--seed", type=int, default=0, help="of the moments")
    given = options.parse_args()
    measure.compile_bytecode()
    course = find_course(Path(__file__).parent)
    print(measure.machine(), "\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder, moments = Path(scratch), random.Random(given.seed)
        hand_ins = classes.make_class(course, folder / "class", given.size)
        whole = classes.run(classes.grade_command(course, hand_ins, folder / "whole", "--workers", given.workers), course)
        print(f"{given.size} hand-ins, uninterrupted: {whole.wall:.0f} s")
        kills, runs = 0, 0
        while kills < given.kills:
            out, runs = folder / f"killed {runs}", runs + 1
            kills += _kill_until_done(course, hand_ins, out, given, whole.wall, moments, given.kills - kills)
            same = (out / "grades.csv").read_bytes() == (folder / "whole" / "grades.csv").read_bytes()
            print(f"run {runs}: grades.csv {'the same, byte for byte' if same else 'DIFFERS'}; graded twice: {_twice(out)}", flush=True)
        print(f"killed {kills} times in {runs} runs")


def _kill_until_done(course: Course, hand_ins: Path, out: Path, given, seconds: float, moments: random.Random, most: int) -> int:
    """Start the run again and again, killing it at a random moment each time, until it comes to its end; how often it was killed."""
    kills = 0
    while True:
        process = classes.start(classes.grade_command(course, hand_ins, out, "--workers", given.workers), course)
        moment = moments.uniform(0, seconds) if kills < most else None
        try:
            process.communicate(timeout=moment)
            return kills
        except subprocess.TimeoutExpired:
            classes.kill(process)
            kills += 1
            print(f"  killed after {moment:.1f} s, {_graded(out)} graded", flush=True)


def _graded(out: Path) -> int:
    return _count(out, "SELECT count(DISTINCT student) FROM grades")


def _twice(out: Path) -> int:
    return _count(out, "SELECT count(*) - count(DISTINCT student) FROM grades")


def _count(out: Path, question: str) -> int:
    try:
        with sqlite3.connect(out / "gradebook.sqlite") as connection:
            return connection.execute(question).fetchone()[0]
    except sqlite3.OperationalError:
        return 0  # killed before there was a gradebook


if __name__ == "__main__":
    main()
