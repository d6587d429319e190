"""What the benchmarks share: CPU seconds of a command with all its descendants, medians, and the machine."""

from __future__ import annotations

import compileall
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds of one run."""

    cpu: float
    wall: float


def run(command: Sequence[str], cwd: Path) -> Cost:
    """Run a command to its end; its CPU seconds include every process that it started and waited for."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(statistics.median(c.cpu for c in costs), statistics.median(c.wall for c in costs))


def compile_bytecode() -> None:
    """Compile the environment's bytecode, so that neither side pays for it (an import of TensorFlow costs three times more without)."""
    compileall.compile_path(skip_curdir=True, maxlevels=20, quiet=2)


def machine() -> str:
    """The machine and the packages, in two lines."""
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("tensorflow", "keras", "numpy", "otter-grader"))
    return (
        f"{processor}, {os.cpu_count()} cores, {memory} GiB, Linux {platform.release()}\n"
        f"Python {platform.python_version()}, {packages}, {time.strftime('%Y-%m-%d')}"
    )


def script(name: str) -> str:
    """The path of a command of this environment."""
    return str(Path(sys.executable).with_name(name))
