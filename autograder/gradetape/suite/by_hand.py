"""A suite run by hand: `pytest tests/hidden/vae --submission path.ipynb`."""

from __future__ import annotations

from pathlib import Path

from gradetape.config import find_course
from gradetape.grading import Grader
from gradetape.sandbox.client import Zygote
from gradetape.submission import read_submission
from gradetape.suite.plugin import SuiteRun

def make_run(config, assignment: str) -> SuiteRun:
    """A run of `assignment`'s suite on the notebook that `--submission` names, with a zygote of its own."""
    zygote = Zygote(unlocked=config.getoption("--unlocked"))
    config.add_cleanup(zygote.close)
    grader = Grader(find_course(Path(config.rootpath)), assignment, zygote.path, tier=config.getoption("--tier"))
    run = grader.new_run(read_submission(config.getoption("--submission")))
    config.add_cleanup(run.close)
    return run
