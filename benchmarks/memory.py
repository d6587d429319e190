"""What one more concurrent worker adds in memory, beside a fresh TensorFlow process, both after a small fit.

Unique set size (pages that no other process shares), median of several; needs the right to read other processes'
maps, so run it as root.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import measure

from gradetape.config import Limits
from gradetape.sandbox.client import Worker, Zygote

WORKERS = 5
FIT = """
import numpy as np, keras
model = keras.Sequential([keras.Input((20,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
model.compile("adam", "mse")
model.fit(np.random.rand(256, 20).astype("f"), np.random.rand(256, 1).astype("f"), epochs=2, batch_size=32, verbose=0)
"""


def unique_mb(pid: int) -> float:
    """Pages of a process that it shares with no other, in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def supervisor_of(pid: int) -> int:
    return int(next(line.split()[1] for line in open(f"/proc/{pid}/status") if line.startswith("PPid")))


def main() -> None:
    measure.compile_bytecode()
    print(measure.machine(), "\n")
    with Zygote() as zygote, ExitStack() as stack:
        workers = [stack.enter_context(Worker(zygote.path, Limits())) for _ in range(WORKERS)]
        for worker in workers:
            worker.run_cell(FIT, "<cell 1>")
        added = [unique_mb(w.pid) + unique_mb(supervisor_of(w.pid)) for w in workers]
    fresh = subprocess.Popen([sys.executable, "-c", FIT + "\nprint('fitted', flush=True)\ninput()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    fresh.stdout.readline()
    alone = unique_mb(fresh.pid)
    fresh.communicate("\n")
    print(f"one more concurrent worker, its supervisor included  {statistics.median(added):6.0f} MB")
    print(f"a fresh TensorFlow process                           {alone:6.0f} MB")


if __name__ == "__main__":
    main()
