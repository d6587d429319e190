"""The README and the pages beside it: their links lead somewhere, and their commands are there."""

import re
import subprocess
from pathlib import Path

import pytest
import typer

from gradetape import cli

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TYPED = [(page, line) for page in PAGES for line in re.findall(r"gradetape ((?:grade|history|adjust|report|export|release|verify|doctor|demo|new)\b[^`\n#]*)", page.read_text(encoding="utf-8"))]
COMMANDS = typer.main.get_command(cli.app).commands


def options(command):
    return {option for parameter in COMMANDS[command].params for option in parameter.opts if option.startswith("--")} | {"--help"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_to_files(page):
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r'src="([^"]+)"', text)
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert not missing


@pytest.mark.parametrize("page, line", TYPED, ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_that_is_shown_exists_with_its_options(page, line):
    command, *rest = line.split()
    used = {re.match(r"--[a-z-]+", word)[0] for word in rest if word.startswith("--")}
    assert used <= options(command)


def test_the_table_of_options_is_whole():
    page = (ROOT / "docs" / "teaching_assistants.md").read_text(encoding="utf-8")
    assert not options("grade") - set(re.findall(r"--[a-z-]+", page)) - {"--help"}


@pytest.mark.parametrize("target", sorted({t for page in PAGES for t in re.findall(r"\bmake (demo|setup|test|bench|lock)\b", page.read_text(encoding="utf-8"))}))
def test_make_knows_its_targets(target):
    assert subprocess.run(["make", "--dry-run", "--always-make", target], cwd=ROOT, capture_output=True, check=False).returncode == 0


def test_ci_runs_make_test():
    assert "make" in (ROOT / ".ci" / "run").read_text() and " test" in (ROOT / ".ci" / "run").read_text()


def test_the_table_of_the_course_is_whole(course):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, assignment in course.config.assignments.items():
        assert f"](student_template/{name}/{name}.ipynb)" in text, name
        assert re.search(rf'src="assignments/{name}/data/cover.png" width="\d+" alt="\w', text), name
