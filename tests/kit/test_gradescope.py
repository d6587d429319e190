"""On Gradescope: the zip's own set-up and `run_autograder`, in /autograder as Gradescope lays it out.

Stand-ins take the place of apt-get and mamba; all else is real: otter, its kernel, the zygote, the locks.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import nbformat
import pytest
from pydantic import BaseModel, ConfigDict, Field

from gradetape.config import find_course
from gradetape.gradescope import prepare as image
from gradetape.gradescope import warm

Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
Format = Literal["text", "html", "simple_format", "md", "ansi"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Entry(_Strict):
    """A test in results.json, as https://gradescope-autograders.readthedocs.io/en/latest/specs/ has it."""

    score: float | None = None
    max_score: float | None = Field(None, ge=0)
    status: Literal["passed", "failed"] | None = None
    name: str
    name_format: Format | None = None
    number: str | None = None
    output: str = ""
    output_format: Format | None = None
    tags: list[str] = []
    visibility: Visibility | None = None
    extra_data: dict = {}


class Results(_Strict):
    """The whole of results.json."""

    score: float
    execution_time: float | None = None
    output: str = ""
    output_format: Format | None = None
    test_output_format: Format | None = None
    test_name_format: Format | None = None
    visibility: Visibility | None = None
    stdout_visibility: Visibility | None = None
    extra_data: dict = {}
    tests: list[Entry]
    leaderboard: list[dict] = []

    def points(self) -> dict[str, tuple[float, float]]:
        return {t.name: (t.score, t.max_score) for t in self.tests if t.score is not None}

    def text(self, visibility: str) -> str:
        return "\n".join(f"{t.name}\n{t.output}" for t in self.tests if t.visibility == visibility)


def can_bind() -> bool:
    """Whether this machine lets us give a command a /autograder of its own."""
    command = ["unshare", "--mount", "mount", "--bind", "/usr", "/mnt"]
    return os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0


here_only = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("unshare") or not can_bind(),
    reason="needs root on Linux, with leave to mount: /autograder is laid out in a mount namespace of its own",
)

MAMBA = """\
#!/bin/bash
case "$1" in
    shell) echo 'mamba() {{ export PATH={bin}:"$PATH"; }}' ;;
    run) shift 3; export PATH={bin}:"$PATH"; exec "$@" ;;
esac
"""


@dataclass
class Machine:
    """A Gradescope container: its /autograder, and programs that stand in for apt-get and mamba."""

    autograder: Path
    programs: Path
    set_up: str = ""

    def run(self, *command: str) -> str:
        """Run a command where `self.autograder` is /autograder; returns what it printed."""
        inside = 'mount --bind "$0" /autograder && cd / && exec "$@"'
        whole = ["unshare", "--mount", "--propagation", "private", "sh", "-c", inside, str(self.autograder), *command]
        environment = os.environ | {"PATH": f"{self.programs}:{os.environ['PATH']}"}
        done = subprocess.run(whole, env=environment, capture_output=True, text=True, check=False, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def grade(self, files: dict[str, bytes | str], metadata: str = "") -> Results:
        """Hand files in, let the zip's own run_autograder grade them, and read what it wrote."""
        for folder in ("submission", "results"):
            shutil.rmtree(self.autograder / folder, ignore_errors=True)
            (self.autograder / folder).mkdir()
        for name, content in files.items():
            path = self.autograder / "submission" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (self.autograder / "submission_metadata.json").write_text(metadata)
        self.log = self.run("/autograder/run_autograder")
        return Results.model_validate_json((self.autograder / "results" / "results.json").read_text())


@pytest.fixture(scope="module")
def machine(tiny, tmp_path_factory):
    """A machine on which the zip's set-up has run: its last part, ours; otter's own installs the environment."""
    folder = tmp_path_factory.mktemp("gradescope")
    machine = Machine(folder / "autograder", folder / "programs")
    machine.programs.mkdir()
    with zipfile.ZipFile(tiny[1].autograder_zip) as zipped:
        zipped.extractall(machine.autograder / "source")
    shutil.copy(machine.autograder / "source" / "run_autograder", machine.autograder)
    (machine.autograder / "run_autograder").chmod(0o755)

    environment = folder / "environment"  # this one's packages, but this kit's own: that must come from the zip
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    for name, text in {"mamba": MAMBA.format(bin=environment / "bin"), "apt-get": "#!/bin/sh\n"}.items():
        (machine.programs / name).write_text(text)
        (machine.programs / name).chmod(0o755)

    made = not os.path.exists("/autograder")
    os.makedirs("/autograder", exist_ok=True)
    ours = (machine.autograder / "source" / "setup.sh").read_text().partition("# --- GradeTape")[2]
    (folder / "setup.sh").write_text("set -e\n#" + ours)
    machine.set_up = machine.run("bash", str(folder / "setup.sh"))
    yield machine
    if made:
        os.rmdir("/autograder")


@pytest.fixture
def hand_in(tiny):
    """The solution with some text replaced, and cells put before and after it."""

    def make(changes: dict[str, str] = {}, before: str = "", after: str = "") -> str:
        notebook = nbformat.read(tiny[0].solution("tiny"), 4)
        for cell in notebook.cells:
            for old, new in changes.items():
                cell.source = cell.source.replace(old, new)
        first, last = nbformat.v4.new_code_cell(before), nbformat.v4.new_code_cell(after)
        notebook.cells = [first, *notebook.cells, last]
        return nbformat.writes(notebook)

    return make


@here_only
def test_set_up_grades_the_solution_and_keeps_the_references_answers(machine):
    assert "tiny: the solution gets 8 of 10 points; locked by" in machine.set_up
    source = machine.autograder / "source"
    assert any(p.is_file() for p in (source / "gradetape_course" / ".gradetape").rglob("*"))
    assert source.stat().st_mode & 0o777 == 0o700


@here_only
def test_a_right_hand_in(machine, hand_in):
    cache = machine.autograder / "source" / "gradetape_course" / ".gradetape"
    before = sorted((p, p.stat().st_mtime_ns) for p in cache.rglob("*") if p.is_file())
    results = machine.grade({"tiny.ipynb": hand_in()})
    assert results.score == 8 and results.points() == {"A sum": (4, 4), "A scaled sum": (4, 4)}
    assert "✓ Two numbers are added" in results.text("visible")
    assert "many" not in results.text("visible").lower()
    assert "locked by" in results.output and "2 of the 10 points wait" in results.output
    after = sorted((p, p.stat().st_mtime_ns) for p in cache.rglob("*") if p.is_file())
    assert before == after, "the reference's answers were computed again"


@here_only
def test_a_wrong_and_a_looping_answer(machine, hand_in):
    loop = "while True: pass\n        return self.factor"
    changes = {"np.sum": "np.max", "return self.factor": loop}
    results = machine.grade({"week 1/my tiny.ipynb": hand_in(changes)}, metadata='{"users": []}')
    assert results.points() == {"A sum": (0, 4), "A scaled sum": (0, 4)}
    assert "✗ Many numbers are added (wrong answer)\n    Hint: Add all of them." in results.text("after_published")
    assert "(ran out of time)" in results.text("after_published")
    assert "Hint" not in results.text("visible")


@here_only
def test_a_crashing_answer_and_a_looping_cell_cost_nothing_else(machine, hand_in):
    crash = {"running_sum = np.sum(values)": "import ctypes; ctypes.string_at(0)"}
    results = machine.grade({"tiny.ipynb": hand_in(crash, before="while True: pass", after="import os; os._exit(0)")})
    assert results.points() == {"A sum": (0, 4), "A scaled sum": (4, 4)}
    assert "(ended the process)" in results.text("after_published")
    assert "Cell 1:" in results.text("visible") and "Cell 11:" in results.text("visible")


@here_only
def test_an_unreadable_hand_in_is_told_why(machine):
    results = machine.grade({"tiny.ipynb": "not a notebook"}, metadata="{")
    assert results.score == 0 and set(results.points().values()) == {(0, 6), (0, 4)}
    assert "tiny.ipynb is not a notebook" in results.text("visible")


class Unpickled:
    def __reduce__(self):
        return os.system, ("touch /tmp/gradetape-test-unpickled",)


HOSTILE = """\
import os, subprocess, sys
tried = {}
def attempt(name, action):
    try:
        tried[name] = str(action())
    except BaseException as error:
        tried[name] = "refused: " + type(error).__name__
SOURCE = "/autograder/source/gradetape_course"
attempt("read solution", lambda: open(SOURCE + "/solutions/tiny.ipynb").read())
attempt("read suite", lambda: open(SOURCE + "/tests/hidden/tiny/test_total.py").read())
attempt("list source", lambda: os.listdir("/autograder/source"))
attempt("list hand-in", lambda: os.listdir("/autograder"))
attempt("write results", lambda: open("/autograder/results/results.json", "w").write('{"score": 100}'))
attempt("rewrite harness", lambda: open("/autograder/run_autograder", "a").write("#"))
attempt("open results", lambda: os.chmod("/autograder/results", 0o777))
attempt("run", lambda: subprocess.check_output(["id"]))
attempt("read metadata", lambda: open("/autograder/submission_metadata.json").read())
"""


@here_only
def test_a_hostile_hand_in_gets_nothing(machine, hand_in):
    """Its answers are right only if an attack went through; what lies beside the notebook is as hostile."""
    marks = [Path("/tmp/gradetape-test-imported"), Path("/tmp/gradetape-test-unpickled")]
    bad = f"open({str(marks[0])!r}, 'w')\nimport sys\nsys.exit(1)"
    beside = "otter ipykernel_launcher sitecustomize usercustomize gradetape numpy __init__ tests/questions".split()
    report = 'got = [n for n, r in tried.items() if "refused" not in r]\n    if not got: raise RuntimeError(str(tried))\n    return'
    files: dict[str, bytes | str] = {f"{name}.py": bad for name in beside}
    files |= {
        "tiny.ipynb": hand_in({"return float(running_sum)": report + " float(running_sum)"}, before=HOSTILE),
        ".OTTER_LOG": pickle.dumps(Unpickled()),
        "results.json": '{"score": 100}',
        "otter_config.json": "{}",
        "tiny.otter": "{",
        "conftest.py": bad,
    }
    source = machine.autograder / "source"
    kept = {p: p.read_bytes() for p in source.rglob("*") if p.is_file() and p.suffix != ".pyc"}
    harness = (machine.autograder / "run_autograder").read_bytes()
    results = machine.grade(files)
    assert results.points()["A sum"] == (0, 4), results.text("after_published")
    assert results.text("visible").count("refused") == len([line for line in HOSTILE.splitlines() if "attempt(" in line]) - 1
    assert not any(mark.exists() for mark in marks)
    assert {p: p.read_bytes() for p in kept} == kept
    assert (machine.autograder / "run_autograder").read_bytes() == harness


@here_only
def test_whatever_breaks_there_are_results(machine, hand_in):
    config = machine.autograder / "source" / "gradetape_course" / "grader_config.yaml"
    text = config.read_text()
    config.write_text("course: [")
    try:
        results = machine.grade({"tiny.ipynb": hand_in()})
    finally:
        config.write_text(text)
    assert results.score == 0
    assert "not about your answers" in results.text("visible") and "ConfigError" in results.text("hidden")
    assert "ConfigError" not in results.text("visible")


# The image's set-up


@pytest.fixture
def source(tiny, tmp_path, monkeypatch, zygote):
    """The zip's course, where set-up finds it; nothing of this environment is compiled or opened."""
    monkeypatch.setattr(warm, "zygote", lambda: zygote)
    monkeypatch.setattr(image.compileall, "compile_dir", lambda *_, **__: True)
    monkeypatch.setattr(image, "open_environment", lambda _: None)
    with zipfile.ZipFile(tiny[1].autograder_zip) as zipped:
        zipped.extractall(tmp_path / "source")
    return tmp_path / "source"


def test_an_image_that_cannot_grade_the_solution_is_not_built(source, capsys):
    assert image.prepare(source) == 0
    solution = find_course(source / "gradetape_course").solution("tiny")
    solution.write_text(solution.read_text().replace("np.sum", "np.max"))
    assert image.prepare(source) == 1
    assert "total: test_two_numbers: failed" in capsys.readouterr().out


def test_the_environment_is_opened_to_other_users(tmp_path):
    environment = tmp_path / "root" / "miniforge3" / "envs" / "otter-env"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").write_text("")
    (environment / "bin" / "python").chmod(0o700)
    (environment / "readme").write_text("")
    (environment / "readme").chmod(0o600)
    (environment / "link").symlink_to("/etc/shadow")
    secret = tmp_path / "root" / "secret"
    secret.write_text("")
    secret.chmod(0o600)
    for folder in (tmp_path / "root", environment, environment / "bin"):
        folder.chmod(0o700)
    shadow = os.stat("/etc/shadow").st_mode
    image.open_environment(environment)

    def mode(path: Path) -> int:
        return path.stat().st_mode & 0o777

    assert mode(tmp_path / "root") == 0o701 and mode(secret) == 0o600
    assert mode(environment / "bin") == mode(environment / "bin" / "python") == 0o705
    assert mode(environment / "readme") == 0o604
    assert os.stat("/etc/shadow").st_mode == shadow
