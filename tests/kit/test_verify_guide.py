"""The instructor's guide: its commands are run, in order, from an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "writing_an_assignment.md"
COMMANDS = [
    line.removeprefix("$ ")
    for block in re.findall(r"```console\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What the guide's commands print, run one after another in one shell."""
    script = "\n".join(["set -e", *COMMANDS])
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    folder = tmp_path_factory.mktemp("guide")
    done = subprocess.run(["bash", "-c", script], cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, folder / "sequences_course"


def test_the_commands_work(said):
    printed, course = said
    assert "100 / 100" in printed, "the solution is graded"
    assert "1 passed" in printed, "pytest runs the one test that -k chose"
    assert "Written: examination.html" in printed
    assert (course / "dist" / "sequences" / "sequences-student.zip").is_file()


def test_the_starter_leaves_nothing_to_mend(said):
    printed, course = said
    assert "✗" not in printed.partition("Sequences  sequences")[2]
    assert (course / "examination.html").stat().st_size > 20_000


def test_the_guide_names_the_files_that_there_are(said):
    _, course = said
    for path in re.findall(r"^\| `([\w/.]+)`", GUIDE.read_text(encoding="utf-8"), re.MULTILINE):
        assert (course / path).exists(), path
