"""What an assignment costs: each question's seconds and memory, and the solution's run from top to bottom."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Executor
from importlib import metadata
from pathlib import Path

from .examination import Examination
from .findings import Finding
from .store import digest

NOTEBOOK_SECONDS = 180
"""how long the solution's notebook may take from top to bottom, on two cores"""
_MUCH = 0.5
"""a question that needs more of a limit than this leaves a slow student too little"""
_TOO_LONG = 6 * NOTEBOOK_SECONDS
"""seconds of wall clock after which a notebook is given up"""


class Rehearsal:
    """The solution's notebook run from top to bottom in Jupyter, in a thread of `aside`: it alone would not keep all cores busy."""

    def __init__(self, exam: Examination, aside: Executor):
        data = sorted(f for f in exam.course.data(exam.name).rglob("*") if f.is_file())
        versions = [metadata.version(package) for package in ("tensorflow", "keras", "otter-grader")]
        self._store = exam.store
        self._key = digest("notebook", exam.course.solution(exam.name).read_bytes(), *(f.read_bytes() for f in data), *versions)
        self._kept = exam.store.get(self._key)
        self._running = None if self._kept else aside.submit(_execute, exam)

    def result(self) -> tuple[float, list[str]]:
        """How many seconds it took, and which of its own checks failed; waits for its end."""
        if self._running:
            self._kept = self._running.result()
            self._store.put(self._key, self._kept)
        return self._kept["seconds"], self._kept["failures"]


def check(exam: Examination, rehearsal: Rehearsal) -> Finding:
    """Seconds and memory of each question, and the notebook's run."""
    limits = exam.course.limits(exam.name)
    costs = {q: exam.examined(exam.solution, q) for q in exam.questions}
    problems = []
    for question, cost in costs.items():
        slowest = max(cost.result.tests, key=lambda t: t.seconds, default=None)
        if slowest and slowest.seconds > _MUCH * limits.probe_seconds:
            problems.append(f"{question}/{slowest.name} takes {slowest.seconds:.1f} s of the {limits.probe_seconds:g} s a probe may: make it smaller")
        if cost.memory_mb > _MUCH * limits.memory_mb:
            problems.append(f"{question} takes {cost.memory_mb:.0f} MB of the {limits.memory_mb} MB a worker may: make its probes smaller")
    seconds, failures = rehearsal.result()
    if seconds > NOTEBOOK_SECONDS:
        problems.append(f"the solution's notebook takes {seconds:.0f} s from top to bottom, and may take {NOTEBOOK_SECONDS}: train less")
    problems += failures
    tests = sum(t.seconds for cost in costs.values() for t in cost.result.tests)
    most = max(cost.memory_mb for cost in costs.values())
    said = f"{tests:.1f} CPU s and {most:.0f} MB to grade; the notebook runs in {seconds:.0f} s"
    notes = [f"{q}: {sum(t.seconds for t in c.result.tests):.2f} CPU s, {c.memory_mb:.0f} MB" for q, c in costs.items()]
    return Finding("Budget", said, problems, notes)


def _execute(exam: Examination) -> dict:
    with tempfile.TemporaryDirectory(prefix="gradetape-notebook-") as folder:
        # As a student has it: the released folder, with the solution for the notebook.
        work = Path(folder) / exam.name
        shutil.copytree(exam.course.student_folder(exam.name), work)
        shutil.copy(exam.course.solution(exam.name), work / f"{exam.name}.ipynb")
        command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "run.ipynb", f"{exam.name}.ipynb"]
        code, seconds, said = _timed(command, work)
        if code == -signal.SIGKILL:
            return {"seconds": _TOO_LONG, "failures": []}
        if code:
            last = (said.strip().splitlines() or ["nothing"])[-1]
            return {"seconds": seconds, "failures": [f"the solution's notebook stops on the way: {last}"]}
        return {"seconds": seconds, "failures": _failed_checks(json.loads((work / "run.ipynb").read_text(encoding="utf-8")))}


def _timed(command: list[str], folder: Path) -> tuple[int, float, str]:
    """A command's exit code, the seconds it would have taken on an idle machine at most, and what it said on standard error.

    A busy machine takes longer than an idle one; the processor's seconds bound what that would take.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said)
        alarm = threading.Timer(_TOO_LONG, process.kill)
        alarm.start()
        _, status, used = os.wait4(process.pid, 0)  # its own CPU seconds, whatever other processes end meanwhile
        alarm.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return process.returncode, min(time.monotonic() - started, used.ru_utime + used.ru_stime), said.read()


def _failed_checks(notebook: dict) -> list[str]:
    """Public checks that the solution itself does not pass."""
    failures = []
    for cell in notebook["cells"]:
        asked = re.search(r"grader\.check\(\s*[\"'](\w+)", "".join(cell["source"])) if cell["cell_type"] == "code" else None
        said = "".join(_text(output) for output in cell["outputs"]) if asked else ""
        if asked and "All test cases passed" not in said:
            failures.append(f"the solution does not pass the public check of {asked[1]}: {' '.join(said.split())[:200]}")
    return failures


def _text(output: dict) -> str:
    return "".join(output.get("text", output.get("data", {}).get("text/plain", [])))
