"""Releases: what students, Gradescope and readers get, and that nothing leaks between them."""

from __future__ import annotations

import ast
import json
import shutil
import time
import zipfile

import nbformat
import pytest
import yaml

from gradetape.config import ConfigError, find_course
from gradetape.gradescope.environment import environment_yml
from gradetape.release import ReleaseError, in_step, release


def sources(path, kind: str = "code") -> list[str]:
    return [c.source for c in nbformat.read(path, 4).cells if c.cell_type == kind]


@pytest.fixture
def copied(tiny, tmp_path):
    """A copy of the tiny course that a test may change."""
    root = tmp_path / "copy"
    shutil.copytree(tiny[0].root, root)
    return find_course(root)


def changed(course, old: str, new: str):
    path = course.master("tiny")
    path.write_text(path.read_text().replace(old, new))
    return course


def test_student_notebook(tiny):
    notebook = nbformat.read(tiny[0].student_notebook("tiny"), 4)
    nbformat.validate(notebook)
    cells = {c.id: c for c in notebook.cells}
    assert list(cells) == [
        "tiny-text-1",
        "tiny-setup-1",
        "tiny-setup-2",
        "tiny-text-2",
        "tiny-answer-total-1",
        "tiny-check-1",
        "tiny-demo-1",
        "tiny-answer-scale-1",
        "tiny-check-2",
    ]
    stub = cells["tiny-answer-total-1"]
    assert stub.metadata.tags == ["answer:total"]
    assert "# 1. Add them up.\n    raise NotImplementedError" in stub.source
    assert cells["tiny-check-2"].source == 'grader.check("scale")' and cells["tiny-check-2"].metadata.tags == ["check"]
    assert notebook.metadata.otter.assignment_name == "tiny"
    assert "test_sum" in notebook.metadata.otter.tests["total"]


def test_the_student_gets_no_solution_and_no_hidden_test(tiny):
    course, made = tiny
    with zipfile.ZipFile(made.student_zip) as zipped:
        everything = b"".join(zipped.read(n) for n in zipped.namelist()).decode()
        assert sorted(zipped.namelist()) == ["tiny/README.md", "tiny/data/numbers.json", "tiny/tiny.ipynb"]
    for secret in ("running_sum", "self.factor * total", "secret", "4711", "SOLUTION", "probes", "Many numbers"):
        assert secret not in everything


def test_solution_notebook_is_as_a_person_writes_it(tiny):
    notebook = nbformat.read(tiny[0].solution("tiny"), 4)
    nbformat.validate(notebook)
    (answer,) = [c.source for c in notebook.cells if "answer:total" in c.metadata.get("tags", [])]
    assert answer == (
        "def total(values):\n"
        '    """The sum of an array of shape `(N,)`, a float."""\n'
        "    running_sum = np.sum(values)\n"
        "    return float(running_sum)"
    )
    assert any(c.source.endswith("return self.factor * total(values)") for c in notebook.cells)
    assert all(not c.outputs and c.execution_count is None for c in notebook.cells if c.cell_type == "code")
    for source in sources(tiny[0].solution("tiny")):
        ast.parse(source)


def test_the_same_master_gives_the_same_bytes(tiny, copied, monkeypatch):
    first = release(copied, "tiny", copied.root / "first")
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    again = release(copied, "tiny", copied.root / "again")
    for name in ("student_zip", "autograder_zip", "solution"):
        assert getattr(again, name).read_bytes() == getattr(first, name).read_bytes(), name
    assert again.student_zip.read_bytes() == tiny[1].student_zip.read_bytes()


def test_what_the_master_asks_of_otter_generate_is_kept(copied, monkeypatch):
    monkeypatch.syspath_prepend(copied.root)
    text = "from otter.plugins import AbstractOtterPlugin\nclass Other(AbstractOtterPlugin): pass\n"
    (copied.root / "other_plugin.py").write_text(text)
    wanted = "# generate:\n#     show_stdout: true\n#     plugins: [{other_plugin.Other: {days: 2}}]\n"
    changed(copied, "# name: tiny\n", "# name: tiny\n" + wanted)
    with zipfile.ZipFile(release(copied, "tiny", copied.root / "again").autograder_zip) as zipped:
        config = json.loads(zipped.read("otter_config.json"))
    assert config["show_stdout"] is True
    assert config["plugins"][0] == {"gradetape.otter_plugin.GradeTapePlugin": {"assignment": "tiny"}}
    assert config["plugins"][1:] == [{"other_plugin.Other": {"days": 2}}]


def test_what_otter_says_is_not_printed(copied, capfd):
    release(copied, "tiny", copied.root / "again")
    assert capfd.readouterr() == ("", "")


def test_autograder_zip(tiny):
    with zipfile.ZipFile(tiny[1].autograder_zip) as zipped:
        names = set(zipped.namelist())
        files = {n: zipped.read(n) for n in names}
        modes = {i.filename: i.external_attr >> 16 for i in zipped.infolist()}
    assert {"setup.sh", "run_autograder", "run_otter.py", "environment.yml", "otter_config.json"} < names
    assert not [n for n in names if n.startswith("files/")], "otter would hand these to the student's folder"
    assert [n for n in names if n.startswith("tests/")] == ["tests/questions.py"]
    course = {n.removeprefix("gradetape_course/") for n in names if n.startswith("gradetape_course/")}
    assert course == {
        "grader_config.yaml",
        "gradetape-0.1.0-py3-none-any.whl",
        "assignments/tiny/data/numbers.json",
        "solutions/tiny.ipynb",
        "student_template/tiny/README.md",
        "student_template/tiny/data/numbers.json",
        "student_template/tiny/tiny.ipynb",
        "tests/hidden/tiny/probes.py",
        "tests/hidden/tiny/test_scale.py",
        "tests/hidden/tiny/test_total.py",
    }
    assert modes["run_autograder"] == modes["setup.sh"] == 0o755 and modes["run_otter.py"] == 0o644
    assert b"gradetape.gradescope.prepare" in files["setup.sh"]
    assert b"assignment_name" not in files["otter_config.json"]
    compile(files["run_otter.py"], "run_otter.py", "exec")


def test_the_image_gets_the_locked_versions(course):
    environment = yaml.safe_load(environment_yml(course, "3.11"))
    python, pip, packages = environment["dependencies"]
    assert (python, pip) == ("python=3.11", "pip")
    pins = dict(p.split("==") for p in packages["pip"])
    assert {"tensorflow", "keras", "numpy", "otter-grader", "pytest", "pyseccomp"} <= set(pins)
    lock = (course.root / "requirements.lock").read_text()
    assert all(f"{name}=={version}" in lock for name, version in pins.items() if "ruamel" not in name)


def test_a_lock_file_that_lacks_something(copied):
    (copied.root / "requirements.lock").write_text("numpy==2.0 \\\n    --hash=x\n")
    with pytest.raises(ConfigError, match="no version for ipython"):
        environment_yml(copied, "3.11")
    (copied.root / "requirements.lock").unlink()
    with pytest.raises(ConfigError, match="requirements.lock: missing"):
        environment_yml(copied, "3.11")


def test_what_is_out_of_step_is_named(copied):
    copied.solution("tiny").write_text("{}")
    (copied.student_folder("tiny") / "extra.txt").write_text("")
    (copied.student_folder("tiny") / "data" / "numbers.json").unlink()
    assert in_step(copied, "tiny") == [
        "solutions/tiny.ipynb",
        "student_template/tiny/data/numbers.json",
        "student_template/tiny/extra.txt",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("# name: scale", "# name: scales", "total, scale; the master has total, scales"),
        ("# name: tiny", "# name: huge", "must say `name: tiny`"),
        ('"Expected: the sum."', "'Expected: the \"sum\".'", "total: a test's message"),
        ("    # END SOLUTION\n", "", "otter assign refused"),
    ],
)
def test_a_master_that_does_not_hold(copied, old, new, words):
    with pytest.raises(ReleaseError, match=words):
        release(changed(copied, old, new), "tiny", copied.root / "dist")


def test_the_committed_files_of_this_course_are_in_step(course):
    assert {name: in_step(course, name) for name in course.config.assignments} == {name: [] for name in course.config.assignments}
