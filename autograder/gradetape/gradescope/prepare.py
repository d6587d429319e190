"""What the image's set-up does once, so that no submission pays for it: `python -m gradetape.gradescope.prepare SOURCE`."""

from __future__ import annotations

import compileall
import os
import stat
import sys
from pathlib import Path

from gradetape.config import find_course
from gradetape.gradescope import warm
from gradetape.gradescope.bundle import COURSE
from gradetape.grading import Grader


def prepare(source: Path) -> int:
    """Compile bytecode, open the environment to the workers' user, close the course, grade the solution.

    Grading the solution computes the reference's answers and shows that this image grades: returns 1 if the solution
    does not get full points, 0 otherwise.
    """
    compileall.compile_dir(sys.prefix, quiet=2, workers=0)
    if os.geteuid() == 0:
        open_environment(Path(sys.prefix))
    source.chmod(0o700)

    course = find_course(source / COURSE)
    (name,) = course.config.assignments
    report = Grader(course, name, warm.zygote().path).grade_file(course.solution(name))
    print(f"{name}: the solution gets {report.earned:g} of {report.possible:g} points; {report.sandbox}")
    if report.full:
        return 0
    for question in report.questions:
        for test in question.tests:
            if test.outcome not in ("passed", "deferred"):
                print(f"  {question.name}: {test.name}: {test.outcome}: {test.detail or test.traceback}")
    print(report.problem)
    return 1


def open_environment(environment: Path) -> None:
    """Let other users through to the interpreter and its libraries, which conda puts under root's home.

    A worker gives up root's rights, and TensorFlow still imports parts of itself then.
    """
    for folder in environment.resolve().parents:
        _add(folder, stat.S_IXOTH)
    for where, _, files in os.walk(environment):
        _add(Path(where), stat.S_IROTH | stat.S_IXOTH)
        for name in files:
            path = Path(where, name)
            if not path.is_symlink():
                mode = path.stat().st_mode
                _add(path, stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _add(path: Path, wanted: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & wanted != wanted:
        path.chmod(mode | wanted)


if __name__ == "__main__":
    sys.exit(prepare(Path(sys.argv[1])))
