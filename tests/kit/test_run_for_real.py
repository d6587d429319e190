"""`gradetape grade` as a command: killed in the midst of grading, gone on with, and the gpu tier on top."""

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from toy_course import write_course, write_notebook

WRONG = "def double(x):\n    return 3 * tf.constant(x)"


@pytest.fixture(scope="module")
def toys(tmp_path_factory):
    course = write_course(tmp_path_factory.mktemp("toys"))
    for name in ("ana", "bùi", "zoë"):
        write_notebook(course.root / "in" / f"{name}.ipynb")
    write_notebook(course.root / "in" / "dmitrij.ipynb", double=WRONG)
    (course.root / "in" / "essay.ipynb").write_bytes(b"%PDF-1.7\n")
    return course.root


def gradetape(*arguments, **how):
    command = [str(Path(sys.executable).with_name("gradetape")), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **how)


def ended(toys, *arguments):
    process = gradetape(*arguments, cwd=toys)
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out, err


def grades(toys):
    with open(toys / "run" / "grades.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: (row["points"], row["deferred"]) for row in csv.DictReader(file)}


def test_killed_while_it_grades_it_goes_on_and_the_gpu_tier_merges(toys):
    process = gradetape("grade", "toy", "in", "--out", "run", "--workers", 2, cwd=toys)
    assert any(line.startswith("[1/5]") for line in process.stderr)
    os.killpg(process.pid, signal.SIGKILL)  # at once: the first grade is kept, the second is being given
    process.communicate()
    assert not (toys / "run" / "grades.csv").exists()

    _, said = ended(toys, "grade", "toy", "in", "--out", "run", "--workers", 2)
    assert "graded already. To grade now:" in said and "[5/5]" not in said
    right = ("9.2", "0.8")
    assert grades(toys) == {"ana": right, "bùi": right, "zoë": right, "dmitrij": ("8.4", "0.8"), "essay": ("0", "0")}

    _, said = ended(toys, "grade", "toy", "in", "--out", "run", "--tier", "gpu", "--on-cpu")
    assert "[4/4]" in said
    after = grades(toys)
    assert {name: points for name, (points, deferred) in after.items()} == {"ana": "10", "bùi": "10", "zoë": "10", "dmitrij": "9.2", "essay": "0"}
    assert {deferred for _, deferred in after.values()} == {"0"}

    told, _ = ended(toys, "history", "dmitrij", "--run", "run")
    assert told.count("locked by") == 2 and "cpu" in told and "gpu" in told
