"""The same class by the local pool and by as many Dask worker processes: time, and what becomes of it when one is killed."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import tempfile
from pathlib import Path

import classes
import measure

from gradetape.config import find_course


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=100, help="hand-ins in the class")
    options.add_argument("--workers", type=int, default=2)
    given = options.parse_args()
    measure.compile_bytecode()
    course = find_course(Path(__file__).parent)
    print(measure.machine(), "\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        hand_ins = classes.make_class(course, folder / "class", given.size)
        on_dask = ("--dask", f"local:{given.workers}")
        pool = classes.run(classes.grade_command(course, hand_ins, folder / "pool", "--workers", given.workers), course)
        dask = classes.run(classes.grade_command(course, hand_ins, folder / "dask", *on_dask), course)
        killer = _Killer(at=given.size // 3)
        killed = classes.run(classes.grade_command(course, hand_ins, folder / "killed", *on_dask), course, killer)
        print(f"{given.size} hand-ins, {given.workers} workers     wall s    CPU s  peak MB  grades.csv")
        for name, cost in (("pool", pool), ("dask", dask), ("killed", killed)):
            same = (folder / name / "grades.csv").read_bytes() == (folder / "pool" / "grades.csv").read_bytes()
            print(f"{name:24}  {cost.wall:8.1f} {cost.cpu:8.1f} {cost.peak_mb:8.0f}  {'the same' if same else 'DIFFERS'}")
        print(f"\nDask takes {dask.wall / pool.wall:.2f} of the pool's time; worker processes killed: {len(killer.killed)}")


class _Killer:
    """Kills one Dask worker process when a given number of hand-ins is graded."""

    def __init__(self, at: int):
        self.killed: list[int] = []
        self._line = f"[{at}/"

    def __call__(self, process: subprocess.Popen, line: str) -> None:
        if line.startswith(self._line):
            victim = next(pid for pid in classes.descendants(process.pid) if _is_worker(pid))
            os.kill(victim, signal.SIGKILL)
            self.killed.append(victim)


def _is_worker(pid: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


if __name__ == "__main__":
    main()
