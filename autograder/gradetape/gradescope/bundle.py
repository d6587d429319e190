"""What goes into the Gradescope zip: otter generate's files, changed where they must be, and the course."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import yaml

from gradetape.config import CONFIG_NAME, Course
from gradetape.gradescope.wheel import wheel_files, wheel_name

COURSE = "gradetape_course"
"""the folder in the zip that holds the course; otter copies `files/` to where a student's code could read it"""

_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip's earliest date: the same content gives the same bytes

# Otter refuses a zip without test files. Nothing of a student's ever meets this one: the plugin replaces its result.
_PLACEHOLDER = """\
OK_FORMAT = True

test = {"name": "questions", "points": 0, "suites": [{"cases": [], "scored": True, "type": "doctest"}]}
"""


def autograder_files(course: Course, name: str, generated: Path, solution: Path, student: Path) -> dict[str, bytes]:
    """The files of the Gradescope zip by name; `generated` is what otter generate made."""
    with zipfile.ZipFile(generated) as zipped:
        files = {n: zipped.read(n) for n in zipped.namelist() if not n.startswith("tests/")}
    config = json.loads(files["otter_config.json"])
    # Otter would refuse a notebook that lost its metadata in some editor; this kit checks with more care.
    config.pop("assignment_name", None)
    files["otter_config.json"] = json.dumps(config, indent=2).encode()
    files["setup.sh"] += _own("setup_tail.sh")
    files["run_otter.py"] = _own("run_otter.py")
    files["tests/questions.py"] = _PLACEHOLDER.encode()
    files[f"{COURSE}/{wheel_name()}"] = zip_bytes(wheel_files())
    for place, content in course_files(course, name, solution, student).items():
        files[f"{COURSE}/{place}"] = content
    return files


def course_files(course: Course, name: str, solution: Path, student: Path) -> dict[str, bytes]:
    """A course of this one assignment, laid out as any course is: file names and contents."""
    content = course.config.model_dump(exclude_none=True)
    content["assignments"] = {name: content["assignments"][name]}
    files = {CONFIG_NAME: yaml.safe_dump(content, sort_keys=False, allow_unicode=True).encode()}
    trees = {
        course.suite(name): course.suite(name),
        course.data(name): course.data(name),
        course.student_folder(name): student,
    }
    for place, source in trees.items():
        for path in sorted(source.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                files[f"{place.relative_to(course.root).as_posix()}/{path.relative_to(source).as_posix()}"] = path.read_bytes()
    files[course.solution(name).relative_to(course.root).as_posix()] = solution.read_bytes()
    if course.doubles().is_file():
        files[course.doubles().relative_to(course.root).as_posix()] = course.doubles().read_bytes()
    return files


def write_zip(target: Path, files: Mapping[str, Path | bytes]) -> None:
    """Write a zip whose bytes depend on names and contents alone."""
    contents = {n: f if isinstance(f, bytes) else f.read_bytes() for n, f in files.items()}
    target.write_bytes(zip_bytes(contents))


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A zip with sorted names, one date, and execute permission for what begins with `#!`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # Unix, on every system: the permissions below are its
            info.external_attr = (0o755 if files[name].startswith(b"#!") else 0o644) << 16
            zipped.writestr(info, files[name])
    return buffer.getvalue()


def _own(name: str) -> bytes:
    return resources.files("gradetape.gradescope").joinpath(name).read_bytes()
