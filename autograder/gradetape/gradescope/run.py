"""One grading run on Gradescope: a clean room for otter, then otter itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

from gradetape.gradescope import warm

HAND_IN = "GRADETAPE_HAND_IN"
"""the environment variable that tells the plugin where the student's files are"""


def run(autograder: Path) -> None:
    """Grade what lies in `autograder/submission` and write `autograder/results/results.json`.

    `autograder` is laid out as Gradescope does: source, submission, results, submission_metadata.json.
    """
    source, submission, results = (autograder / name for name in ("source", "submission", "results"))
    results.mkdir(exist_ok=True)
    for folder in (autograder, source, results):
        folder.chmod(0o700)
    warm.zygote()  # first of all: what is imported below takes seconds, and so does TensorFlow in the zygote
    _make_room(autograder, source, submission)

    from otter.run.run_autograder import main as run_otter

    os.chdir(autograder)
    run_otter(str(autograder), zips=False)
    json.loads((results / "results.json").read_text(encoding="utf-8"))


def _make_room(autograder: Path, source: Path, submission: Path) -> None:
    """Put the student's files away, and a clean folder with an empty notebook in their place."""
    import nbformat

    from gradetape.gradescope.handin import empty_notebook, take_away

    config = json.loads((source / "otter_config.json").read_text(encoding="utf-8"))
    assignment = _assignment(config)

    submission.mkdir(exist_ok=True)
    os.environ[HAND_IN] = str(take_away(submission))
    nbformat.write(empty_notebook(assignment), submission / f"{assignment}.ipynb")
    _mend_metadata(autograder / "submission_metadata.json")


def _assignment(config: dict) -> str:
    """The assignment that the plugin grades, from otter's configuration."""
    plugins = [p for p in config["plugins"] if isinstance(p, dict)]
    return next(options["assignment"] for p in plugins for name, options in p.items() if name.startswith("gradetape."))


def _mend_metadata(path: Path) -> None:
    """Otter reads this file before any plugin; where it is empty or missing, nothing would be graded."""
    try:
        readable = isinstance(json.loads(path.read_text(encoding="utf-8")), dict)
    except (OSError, ValueError):
        readable = False
    if not readable:
        path.write_text("{}", encoding="utf-8")
