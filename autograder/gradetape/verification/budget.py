"""What an assignment costs: each question's seconds and memory, and the solution's run from top to bottom."""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path

from .examination import Examination
from .findings import Finding
from .store import digest

NOTEBOOK_SECONDS = 180
"""how long the solution's notebook may take from top to bottom, on two cores"""
_MUCH = 0.5
"""a question that needs more of a limit than this leaves a slow student too little"""


def check(exam: Examination) -> Finding:
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
    seconds, failures = _run_notebook(exam)
    if seconds > NOTEBOOK_SECONDS:
        problems.append(f"the solution's notebook takes {seconds:.0f} s from top to bottom, and may take {NOTEBOOK_SECONDS}: train less")
    problems += failures
    tests = sum(t.seconds for cost in costs.values() for t in cost.result.tests)
    most = max(cost.memory_mb for cost in costs.values())
    said = f"{tests:.1f} CPU s and {most:.0f} MB to grade; the notebook runs in {seconds:.0f} s"
    notes = [f"{q}: {sum(t.seconds for t in c.result.tests):.2f} CPU s, {c.memory_mb:.0f} MB" for q, c in costs.items()]
    return Finding("Budget", said, problems, notes)


def _run_notebook(exam: Examination) -> tuple[float, list[str]]:
    """How long the solution takes from top to bottom in Jupyter, and which of its own checks fail."""
    data = sorted(f for f in exam.course.data(exam.name).rglob("*") if f.is_file())
    versions = [metadata.version(package) for package in ("tensorflow", "keras", "otter-grader")]
    key = digest("notebook", exam.course.solution(exam.name).read_bytes(), *(f.read_bytes() for f in data), *versions)
    kept = exam.store.get(key)
    if kept is None:
        kept = _execute(exam)
        exam.store.put(key, kept)
    return kept["seconds"], kept["failures"]


def _execute(exam: Examination) -> dict:
    with tempfile.TemporaryDirectory(prefix="gradetape-notebook-") as folder:
        # As a student has it: the released folder, with the solution for the notebook.
        work = Path(folder) / exam.name
        shutil.copytree(exam.course.student_folder(exam.name), work)
        shutil.copy(exam.course.solution(exam.name), work / f"{exam.name}.ipynb")
        command = [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "--output", "run.ipynb", f"{exam.name}.ipynb"]
        started, before = time.monotonic(), _cpu_seconds()
        try:
            done = subprocess.run(command, cwd=work, capture_output=True, text=True, errors="replace", timeout=3 * NOTEBOOK_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return {"seconds": 3 * NOTEBOOK_SECONDS, "failures": []}
        # A busy machine takes longer than an idle one; the processor's seconds bound what that would take.
        seconds = min(time.monotonic() - started, _cpu_seconds() - before)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["nothing"])[-1]
            return {"seconds": seconds, "failures": [f"the solution's notebook stops on the way: {last}"]}
        return {"seconds": seconds, "failures": _failed_checks(json.loads((work / "run.ipynb").read_text(encoding="utf-8")))}


def _cpu_seconds() -> float:
    """What the processes that this one has started, and that have ended, used in all."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
