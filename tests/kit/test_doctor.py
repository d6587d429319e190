"""What `gradetape doctor` finds on machines that lack something."""

from pathlib import Path

import pytest

from gradetape import doctor
from gradetape.config import Course, CourseConfig
from gradetape.sandbox import locks

LOCK = """\
# made by make lock
keras==3.15.1 \\
    --hash=sha256:00
    # via tensorflow
pywin32==311 ; sys_platform == 'win32' \\
    --hash=sha256:00
Sphinx_Theme[extra]==9.0.4 ; python_full_version >= '3.11' \\
    --hash=sha256:00
"""


def found(course, name):
    return next(f for f in doctor.examine(course) if f.name == name)


def test_the_lock_file_is_read_for_this_system():
    assert doctor.read_lock(LOCK) == {"keras": "3.15.1", "sphinx-theme": "9.0.4"}


def test_this_repositorys_environment_is_as_locked(course):
    assert found(course, "lock file").state == "good"
    assert not [f for f in doctor.examine(course) if f.state == "bad"]


def test_a_package_that_differs_is_named_with_both_versions_and_what_to_do(tmp_path):
    (tmp_path / "requirements.lock").write_text("keras==2.0.0 \\\n")
    finding = found(Course(tmp_path, CourseConfig(course="x", assignments={})), "lock file")
    assert finding.state == "note" and ", locked 2.0.0" in finding.said and "make setup" in finding.remedy


def test_outside_a_course_the_lock_file_is_not_asked_for():
    assert found(None, "lock file").state == "note"


def test_a_package_that_is_missing_is_bad(course, monkeypatch):
    monkeypatch.setattr(doctor.metadata, "distributions", lambda: [])
    assert found(course, "tensorflow") == doctor.Finding("tensorflow", "bad", "not installed", "run `make setup` in the course's folder")


def test_missing_bytecode_is_noted_with_the_command_that_makes_it(course, tmp_path, monkeypatch):
    for name in ("a.py", "b.py"):
        (tmp_path / name).touch()
    monkeypatch.setattr(doctor, "_sources", lambda package: sorted(tmp_path.glob("*.py")))
    finding = found(course, "bytecode")
    assert finding.state == "note" and finding.said.startswith("0%") and "compileall" in finding.remedy


@pytest.fixture
def locked_by(monkeypatch):
    """Make only the named locks hold."""

    def hold(*names):
        all_ = ("processes", "uid", "landlock", "seccomp")
        monkeypatch.setattr(locks, "describe", lambda: [locks.Lock(name, name in names, "strangers", "install it") for name in all_])

    return hold


@pytest.mark.parametrize("there, gone", [(("processes", "uid", "landlock"), "seccomp"), (("processes", "seccomp"), "landlock")])
def test_a_lock_that_grading_needs_is_told_with_its_remedy(there, gone, course, locked_by):
    locked_by(*there)
    finding = found(course, f"lock: {gone}")
    assert (finding.state, finding.said, finding.remedy) == ("bad", "missing: would keep out strangers", "install it")
    assert found(course, "locks").state == "bad"


def test_an_ordinary_user_with_landlock_needs_no_user_id_of_the_workers_own(course, locked_by):
    locked_by("processes", "landlock", "seccomp")
    assert found(course, "lock: uid").state == "note"
    assert not [f for f in doctor.examine(course) if f.state == "bad"]


def test_a_gpu_is_seen_by_its_driver(course, monkeypatch):
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter([Path("/dev/nvidia0")]))
    assert doctor.gpu_present()
