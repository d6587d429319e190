"""`grader_config.yaml` as typed, validated models; a wrong key, type or sum is named with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

CONFIG_NAME = "grader_config.yaml"

When = Literal["at_once", "after_publication", "never"]
Positive = Annotated[float, Field(gt=0)]
Percent = Annotated[float, Field(ge=0, le=100)]


class ConfigError(Exception):
    """The course's configuration cannot be used; the message names the file, the place and the cause."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Strict):
    """One stub and what it is worth."""

    title: str
    points: Positive
    stub: str
    """the name that the student defines: a function or a class"""


class Limits(_Strict):
    """What a worker may use. Seconds are the worker's CPU seconds: a slow machine fails no one."""

    probe_seconds: Positive = 20
    submission_seconds: Positive = 240
    wall_factor: Positive = 6
    """wall clock allowed for each CPU second, a backstop for code that sleeps"""
    memory_mb: Annotated[int, Field(ge=1024)] = 3000
    processes: Annotated[int, Field(ge=32)] = 128
    """threads included: TensorFlow alone needs about thirty"""
    disk_mb: Annotated[int, Field(ge=1)] = 256
    output_kb: Annotated[int, Field(ge=1)] = 64


class Feedback(_Strict):
    """When a student sees what."""

    visible_tests: When = "at_once"
    hidden_tests: When = "after_publication"
    hints: When = "after_publication"
    tracebacks: When = "at_once"


class LatePolicy(_Strict):
    """What handing in late costs: percent of the points for each day begun once the grace is over, up to a cap."""

    grace_minutes: Annotated[float, Field(ge=0)] = 0
    percent_a_day: Percent = 0
    cap_percent: Percent = 100


class Assignment(_Strict):
    """One notebook with its questions, in the notebook's order."""

    title: str
    points: Positive
    minutes: Annotated[int, Field(gt=0)]
    """how long a student needs, as the notebook's opening says"""
    questions: dict[str, Question]
    limits: Limits | None = None
    """replaces the course's limits for this assignment"""
    late: LatePolicy | None = None
    """replaces the course's late policy for this assignment"""

    @model_validator(mode="after")
    def _points_add_up(self) -> Assignment:
        total = sum(q.points for q in self.questions.values())
        if abs(total - self.points) > 1e-9:
            raise ValueError(f"the questions' points add up to {total:g}, but points says {self.points:g}")
        return self


class CourseConfig(_Strict):
    """The whole of `grader_config.yaml`."""

    course: str
    assignments: dict[str, Assignment]
    limits: Limits = Limits()
    feedback: Feedback = Feedback()
    late: LatePolicy = LatePolicy()


class Course:
    """A course's folder: its configuration and where its parts lie."""

    def __init__(self, root: Path, config: CourseConfig):
        self.root, self.config = root, config

    def assignment(self, name: str) -> Assignment:
        """The configuration of an assignment; raises ConfigError with the known names if there is none."""
        try:
            return self.config.assignments[name]
        except KeyError:
            known = ", ".join(self.config.assignments)
            raise ConfigError(f"{self.root / CONFIG_NAME}: no assignment {name!r}; it has: {known}") from None

    def limits(self, name: str) -> Limits:
        return self.assignment(name).limits or self.config.limits

    def late(self, name: str) -> LatePolicy:
        return self.assignment(name).late or self.config.late

    def master(self, name: str) -> Path:
        return self.root / "assignments" / name / f"{name}.py"

    def data(self, name: str) -> Path:
        return self.root / "assignments" / name / "data"

    def solution(self, name: str) -> Path:
        return self.root / "solutions" / f"{name}.ipynb"

    def student_folder(self, name: str) -> Path:
        return self.root / "student_template" / name

    def student_notebook(self, name: str) -> Path:
        return self.student_folder(name) / f"{name}.ipynb"

    def suite(self, name: str) -> Path:
        return self.root / "tests" / "hidden" / name

    def doubles(self) -> Path:
        """Helpers that several assignments' probes share."""
        return self.root / "tests" / "hidden" / "doubles.py"

    def answers(self, name: str) -> Path:
        return self.root / "tests" / "answers" / name

    def cache(self) -> Path:
        return self.root / ".gradetape"


def find_course(start: Path | None = None) -> Course:
    """The course whose folder holds `start` (default: where the command runs).

    Raises ConfigError if no folder above has a `grader_config.yaml`, or it does not hold.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            return Course(folder, load_config(folder / CONFIG_NAME))
    raise ConfigError(f"no {CONFIG_NAME} in {start} or above it; run gradetape inside a course's folder")


def load_config(path: Path) -> CourseConfig:
    """Read and check a configuration; raises ConfigError naming the line of the first thing that is wrong."""
    try:
        tree = YAML().load(path.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not readable as YAML: {error}") from error
    if not isinstance(tree, CommentedMap):
        raise ConfigError(f"{path}: expected keys like `course:` and `assignments:` at the top")
    try:
        return CourseConfig.model_validate(tree)
    except ValidationError as error:
        raise ConfigError("\n".join(_explain(path, tree, e) for e in error.errors())) from error


def _explain(path: Path, tree: CommentedMap, error) -> str:
    place = ".".join(str(part) for part in error["loc"]) or "the file"
    message = {"extra_forbidden": "unknown key", "missing": "missing"}.get(error["type"], error["msg"])
    return f"{path}:{_line(tree, error['loc'])}: {place}: {message}"


def _line(node, loc) -> int:
    """The line that a validation error's place stands on, or its nearest parent's."""
    line = 1
    for key in loc:
        if isinstance(node, CommentedMap) and key in node:
            line = node.lc.key(key)[0] + 1
        elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
            line = node.lc.item(key)[0] + 1
        else:
            break
        node = node[key]
    return line
