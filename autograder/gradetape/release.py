"""From a master notebook to what students, Gradescope and readers get, by otter assign and otter generate."""

from __future__ import annotations

import contextlib
import filecmp
import io
import re
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import nbformat
import yaml
from nbformat import NotebookNode

from gradetape.gradescope.bundle import autograder_files, write_zip
from gradetape.config import CONFIG_NAME, Course
from gradetape.gradescope.environment import environment_yml
from gradetape.master import assignment_config, questions, read_master
from gradetape.submission import script

PYTHON_VERSION = "3.11"
KEPT_METADATA = ("tags", "editable", "deletable")
PLUGIN = "gradetape.otter_plugin.GradeTapePlugin"
QUIET = {"logo": False, "print_summary": False, "print_score": False}
"""otter's own summary says which test files passed; the plugin's says which questions did"""

_PROMPT = re.compile(r'^[ \t]*""" # BEGIN PROMPT\n.*?^[ \t]*""" # END PROMPT[ \t]*\n?', re.MULTILINE | re.DOTALL)
_MARK_LINE = re.compile(r"^[ \t]*# (?:BEGIN SOLUTION(?: NO PROMPT)?|END SOLUTION)[ \t]*\n?", re.MULTILINE)
_MARK_AT_END = re.compile(r"[ \t]*# ?SOLUTION(?: NO PROMPT)?[ \t]*$", re.MULTILINE)

README = """\
# {title}

`{name}.ipynb` is the notebook to work in; `data/` holds what it reads.

- **JupyterLab**: unpack the zip, start `jupyter lab` in this folder, open `{name}.ipynb`. It needs Python {python} with
  `pip install "otter-grader=={otter}" "tensorflow>=2.18" "keras>=3.8" matplotlib`.
- **Google Colab**: File → Upload notebook → `{name}.ipynb`, then run the first cell: it installs what is missing
  and asks for the zip file that you were given.

Hand in `{name}.ipynb`.
"""


class ReleaseError(Exception):
    """A release cannot be made; the message says which file and why."""


@dataclass(frozen=True)
class Release:
    """The files of a release."""

    student_zip: Path
    autograder_zip: Path
    solution: Path


def release(course: Course, name: str, out: Path) -> Release:
    """Make an assignment's release.

    Writes the committed files (`solutions/<name>.ipynb`, `student_template/<name>/`) and, into `out`, the student's
    zip, the Gradescope zip and the solution. The same master gives the same bytes.
    Raises MasterError or ReleaseError if the master does not hold, ConfigError if the course does not.
    """
    with tempfile.TemporaryDirectory(prefix="gradetape-release-") as folder:
        made = _make(course, name, Path(folder))
        shutil.copy(made.solution, _parent_made(course.solution(name)))
        shutil.rmtree(course.student_folder(name), ignore_errors=True)
        shutil.copytree(made.student, _parent_made(course.student_folder(name)))
        out.mkdir(parents=True, exist_ok=True)
        result = Release(out / f"{name}-student.zip", out / f"{name}-autograder.zip", out / f"{name}-solution.ipynb")
        shutil.copy(made.solution, result.solution)
        write_zip(result.student_zip, {f"{name}/{p}": made.student / p for p in _files(made.student)})
        write_zip(result.autograder_zip, autograder_files(course, name, made.generated, made.solution, made.student))
    return result


def in_step(course: Course, name: str) -> list[str]:
    """The committed generated files that differ from what the master makes now; empty if all are in step."""
    with tempfile.TemporaryDirectory(prefix="gradetape-release-") as folder:
        made = _make(course, name, Path(folder))
        pairs = [(course.solution(name), made.solution)]
        there = course.student_folder(name)
        names = sorted({*_files(made.student), *_files(there)})
        pairs += [(there / p, made.student / p) for p in names]
        return [str(a.relative_to(course.root)) for a, b in pairs if not _equal(a, b)]


@dataclass(frozen=True)
class _Made:
    solution: Path
    student: Path
    """a folder: notebook, data, README"""
    generated: Path
    """the zip of otter generate"""


def _make(course: Course, name: str, folder: Path) -> _Made:
    master = read_master(course.master(name))
    wanted, found = list(course.assignment(name).questions), list(questions(master))
    if wanted != found:
        where = f"{course.root / CONFIG_NAME}: {name}"
        raise ReleaseError(f"{where}: questions are {', '.join(wanted)}; the master has {', '.join(found) or 'none'}")
    (folder / "environment.yml").write_text(environment_yml(course, PYTHON_VERSION), encoding="utf-8")
    _otter_assign(_with_config(master, course, name), name, folder)

    solution = _finish(nbformat.read(folder / "out" / "autograder" / f"{name}.ipynb", 4), name)
    student = _finish(nbformat.read(folder / "out" / "student" / f"{name}.ipynb", 4), name)
    _check_tests(student, course.master(name))
    released = folder / "released"
    released.mkdir()
    _write(solution, released / "solution.ipynb")
    _write(student, released / "student" / f"{name}.ipynb")
    _copy_data(course, name, released / "student")
    readme = README.format(title=course.assignment(name).title, name=name, python=PYTHON_VERSION, otter=metadata.version("otter-grader"))
    (released / "student" / "README.md").write_text(readme, encoding="utf-8")
    (generated,) = (folder / "out" / "autograder").glob("*.zip")
    return _Made(released / "solution.ipynb", released / "student", generated)


def _with_config(master: NotebookNode, course: Course, name: str) -> NotebookNode:
    """The master with this kit's keys in its assignment configuration."""
    path = course.master(name)
    cell, config = assignment_config(master, path)
    if config.get("name") != name:
        raise ReleaseError(f"{path}: the assignment's configuration must say `name: {name}`")
    generate = config.get("generate") or {}
    # First of all plugins: another one may then limit submissions or change a score.
    plugins = [{PLUGIN: {"assignment": name}}, *generate.get("plugins", [])]
    config = {
        "init_cell": False,
        "export_cell": False,
        "tests": {"ok_format": False, "files": False},
        **config,
        "generate": {**QUIET, **generate, "plugins": plugins},
        "environment": "environment.yml",
        "python_version": PYTHON_VERSION,
    }
    cell.source = "# ASSIGNMENT CONFIG\n" + yaml.safe_dump(config, sort_keys=False)
    return master


def _otter_assign(master: NotebookNode, name: str, folder: Path) -> None:
    """Run otter assign on a master, in `folder`, quietly."""
    from otter.assign import main as otter_assign  # seconds to import

    nbformat.write(master, folder / f"{name}.ipynb")
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            otter_assign(str(folder / f"{name}.ipynb"), str(folder / "out"), no_run_tests=True)
    except Exception as error:  # otter raises whatever it meets: assertions, KeyErrors, its own
        raise ReleaseError(f"otter assign refused the master of {name}: {type(error).__name__}: {error}") from error


def _finish(notebook: NotebookNode, name: str) -> NotebookNode:
    """Otter's notebook with stable cell ids, without marks, outputs or otter's own tags."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    numbers: dict[str, int] = {}
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in KEPT_METADATA}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.source = _without_marks(cell.source)
            tags = [t for t in cell.metadata.get("tags", []) if not t.startswith("otter_")]
            cell.metadata["tags"] = tags or ["check"]  # what otter itself put in has no tag
            if script.parse(cell.source) is None:
                raise ReleaseError(f"a cell of {name} is not Python once it is released:\n{cell.source}")
        else:
            cell.metadata.pop("tags", None)
        kind = _kind(cell)
        numbers[kind] = numbers.get(kind, 0) + 1
        cell.id = f"{name}-{kind}-{numbers[kind]}"
    return nbformat.from_dict(notebook)


def _kind(cell: NotebookNode) -> str:
    tags = cell.metadata.get("tags", [])
    answer = next((t.removeprefix("answer:") for t in tags if t.startswith("answer:")), None)
    return f"answer-{answer}" if answer else next((t for t in ("demo", "check", "setup") if t in tags), "text")


def _without_marks(source: str) -> str:
    """A solution cell as a person would have written it: no prompt, no marks."""
    for pattern in (_PROMPT, _MARK_LINE, _MARK_AT_END):
        source = pattern.sub("", source)
    return source.rstrip()


def _check_tests(student: NotebookNode, path: Path) -> None:
    """Otter writes test messages between plain quotes: one that holds quotes or a line break is no Python any more."""
    for question, test in student.metadata.otter.get("tests", {}).items():
        try:
            compile(test, question, "exec")
        except SyntaxError as error:
            line = (error.text or "").strip()
            raise ReleaseError(
                f"{path}: {question}: a test's message may hold neither double quotes nor line breaks: {line}"
            ) from error


def _write(notebook: NotebookNode, path: Path) -> None:
    _parent_made(path).write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def _copy_data(course: Course, name: str, target: Path) -> None:
    if course.data(name).is_dir():
        shutil.copytree(course.data(name), target / "data", ignore=shutil.ignore_patterns("__pycache__", ".*"))


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _equal(a: Path, b: Path) -> bool:
    return a.is_file() and b.is_file() and filecmp.cmp(a, b, shallow=False)


def _parent_made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
